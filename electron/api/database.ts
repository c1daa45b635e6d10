import { followDatabaseIdentity, getDatabaseInfo } from '../services/database-info.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

export const databaseRouter = router({
  /** Which database it is, how large, and what a restore would replace. */
  info: procedure.query(({ ctx }) => getDatabaseInfo(ctx)),
  /** The identity of the database, now and when it was replaced by a backup: then nothing that was read holds any more. */
  onReplaced: procedure.subscription(({ ctx, signal }) => followDatabaseIdentity(ctx, signalOf(signal))),
})

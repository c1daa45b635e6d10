import { FollowLog } from '#shared/log-line.ts'
import { followLog, openLogFolder } from '../services/logs.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

export const logsRouter = router({
  /** The end of the app's log and what is added to it, in batches. */
  follow: procedure
    .input(FollowLog)
    .subscription(({ ctx, input, signal }) => followLog(ctx, input.lines, signalOf(signal))),
  openFolder: procedure.mutation(({ ctx }) => openLogFolder(ctx)),
})

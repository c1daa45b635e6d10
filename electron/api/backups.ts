import { RestoreBackup } from '#shared/backup.ts'
import * as backups from '../services/backups.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

export const backupsRouter = router({
  list: procedure.query(({ ctx, signal }) => backups.listBackups(ctx, signalOf(signal))),
  /** Made and verified when it answers. */
  create: procedure.mutation(({ ctx, signal }) => backups.createBackup(ctx, signalOf(signal))),
  /** Replaces the database, after a backup of it; the window loads everything anew afterwards. */
  restore: procedure
    .input(RestoreBackup)
    .mutation(({ ctx, input, signal }) => backups.restoreBackup(ctx, input, signalOf(signal))),
  /** False when nothing is under way, or when it cannot be stopped any more. */
  cancel: procedure.mutation(({ ctx }) => backups.cancelBackupWork(ctx)),
  /** How far the backup or restore is that is under way; null: none is. */
  onWork: procedure.subscription(({ ctx, signal }) => backups.followBackupWork(ctx, signalOf(signal))),
  openFolder: procedure.mutation(({ ctx }) => backups.openBackupFolder(ctx)),
})

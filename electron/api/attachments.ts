import { z } from 'zod'
import { AddAttachment } from '#shared/attachment.ts'
import { AttachmentId, TaskId } from '#shared/ids.ts'
import * as files from '../services/attachment-files.ts'
import * as attachments from '../services/attachments.ts'
import { signalOf } from './signal.ts'
import { procedure, router } from './trpc.ts'

const One = z.strictObject({ id: AttachmentId })
const OfTask = z.strictObject({ task_id: TaskId })

export const attachmentsRouter = router({
  list: procedure.input(OfTask).query(({ ctx, input }) => attachments.listAttachments(ctx, input.task_id)),
  add: procedure.input(AddAttachment).mutation(({ ctx, input }) => attachments.addAttachment(ctx, input)),
  /** The file that the person picks in the system's dialog; null when they cancel. */
  choose: procedure
    .input(OfTask)
    .mutation(({ ctx, input }) => attachments.chooseAttachment(ctx, input.task_id)),
  delete: procedure.input(One).mutation(({ ctx, input }) => attachments.deleteAttachment(ctx, input.id)),
  restore: procedure.input(One).mutation(({ ctx, input }) => attachments.restoreAttachment(ctx, input.id)),
  /** A picture of at most 5 MB, to be drawn. */
  read: procedure.input(One).query(({ ctx, input }) => files.readImage(ctx, input.id)),
  /** In the system's own program. */
  open: procedure.input(One).mutation(({ ctx, input }) => files.openAttachment(ctx, input.id)),
  /** Where the person says in the system's dialog; null when they cancel. */
  saveAs: procedure
    .input(One)
    .mutation(({ ctx, input, signal }) => files.saveAttachment(ctx, input.id, signalOf(signal))),
})

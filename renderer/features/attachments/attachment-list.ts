import type { Attachment } from '#shared/attachment.ts'
import type { BoardMessage } from '#shared/board-event.ts'
import type { TaskId } from '#shared/ids.ts'

/** The files of a card after something has happened on its board; the same list when that is of no concern. */
export function withMessage(
  files: readonly Attachment[],
  taskId: TaskId,
  message: BoardMessage,
): readonly Attachment[] {
  if (message.type === 'attachment_created' && message.data.task_id === taskId) {
    return withAttachment(files, message.data)
  }
  if (message.type !== 'attachment_deleted') return files
  const { id } = message.data
  return files.some((one) => one.id === id) ? files.filter((one) => one.id !== id) : files
}

/** Oldest first. */
export function withAttachment(files: readonly Attachment[], file: Attachment): readonly Attachment[] {
  return [...files.filter(({ id }) => id !== file.id), file].sort(
    (a, b) => a.created_at.getTime() - b.created_at.getTime() || (a.id < b.id ? -1 : 1),
  )
}

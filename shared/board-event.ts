import { z } from 'zod'
import { Approval } from './approval.ts'
import { Attachment } from './attachment.ts'
import { Board } from './board.ts'
import { Column } from './column.ts'
import { Comment } from './comment.ts'
import { ExecutionSummary } from './execution.ts'
import { AttachmentId, BoardId, ColumnId, CommentId, LabelId, LinkId, TaskId, ViewId } from './ids.ts'
import { Label } from './label.ts'
import { SavedView } from './saved-view.ts'
import { Task } from './task.ts'
import { TaskLink } from './task-link.ts'
import { BoardTransition } from './transition.ts'

/**
 * A fact that a window must hear. The first seven are seed 1's (section 5.5), name and payload;
 * the others follow their style. Always `{type, data}`.
 */
export const BoardEvent = z.discriminatedUnion('type', [
  z.object({ type: z.literal('task_created'), data: Task }),
  z.object({ type: z.literal('task_updated'), data: Task }),
  z.object({ type: z.literal('task_moved'), data: Task }),
  z.object({ type: z.literal('task_deleted'), data: z.object({ id: TaskId }) }),
  z.object({ type: z.literal('column_created'), data: Column }),
  z.object({ type: z.literal('column_updated'), data: Column }),
  z.object({ type: z.literal('column_deleted'), data: z.object({ id: ColumnId }) }),
  z.object({ type: z.literal('board_created'), data: Board }),
  z.object({ type: z.literal('board_updated'), data: Board }),
  z.object({ type: z.literal('board_deleted'), data: z.object({ id: BoardId }) }),
  z.object({ type: z.literal('execution_created'), data: ExecutionSummary }),
  z.object({ type: z.literal('execution_updated'), data: ExecutionSummary }),
  /** Off the board; `task_created` tells that it is back. */
  z.object({ type: z.literal('task_archived'), data: z.object({ id: TaskId }) }),
  z.object({ type: z.literal('label_created'), data: Label }),
  z.object({ type: z.literal('label_updated'), data: Label }),
  /** Off all cards too: they are not told one by one. */
  z.object({ type: z.literal('label_deleted'), data: z.object({ id: LabelId }) }),
  /** Back, and on these cards again. */
  z.object({
    type: z.literal('label_restored'),
    data: z.object({ label: Label, task_ids: z.array(TaskId) }),
  }),
  z.object({ type: z.literal('link_created'), data: TaskLink }),
  z.object({ type: z.literal('link_deleted'), data: z.object({ id: LinkId }) }),
  z.object({
    type: z.literal('transitions_updated'),
    data: z.object({ transitions: z.array(BoardTransition) }),
  }),
  z.object({ type: z.literal('comment_created'), data: Comment }),
  z.object({ type: z.literal('comment_updated'), data: Comment }),
  z.object({ type: z.literal('comment_deleted'), data: z.object({ id: CommentId, task_id: TaskId }) }),
  z.object({ type: z.literal('attachment_created'), data: Attachment }),
  z.object({ type: z.literal('attachment_deleted'), data: z.object({ id: AttachmentId, task_id: TaskId }) }),
  /** Asked, answered or withdrawn. */
  z.object({ type: z.literal('approval_updated'), data: Approval }),
  /** Its rules have changed. */
  z.object({ type: z.literal('policies_updated'), data: z.object({ id: BoardId }) }),
  z.object({ type: z.literal('view_created'), data: SavedView }),
  z.object({ type: z.literal('view_updated'), data: SavedView }),
  z.object({ type: z.literal('view_deleted'), data: z.object({ id: ViewId }) }),
])
export type BoardEvent = z.infer<typeof BoardEvent>

/** What `boards.onEvent` yields beside events: the gap is too old to replay, read the board again. */
export const SnapshotNeeded = z.object({ type: z.literal('snapshot_needed'), data: z.null() })
export type SnapshotNeeded = z.infer<typeof SnapshotNeeded>

export type BoardMessage = BoardEvent | SnapshotNeeded

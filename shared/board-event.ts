import { z } from 'zod'
import { Board } from './board.ts'
import { Column } from './column.ts'
import { ExecutionSummary } from './execution.ts'
import { BoardId, ColumnId, TaskId } from './ids.ts'
import { Task } from './task.ts'

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
])
export type BoardEvent = z.infer<typeof BoardEvent>

/** What `boards.onEvent` yields beside events: the gap is too old to replay, read the board again. */
export const SnapshotNeeded = z.object({ type: z.literal('snapshot_needed'), data: z.null() })
export type SnapshotNeeded = z.infer<typeof SnapshotNeeded>

export type BoardMessage = BoardEvent | SnapshotNeeded

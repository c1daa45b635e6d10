import { z } from 'zod'
import { Actor } from './actor.ts'
import { BoardId, ExecutionId, RecordId, TaskId } from './ids.ts'

/** What happened, in the words of the seeds' own product; `merged` and what follows it are added. */
export const ActivityType = z.enum([
  'created',
  'updated',
  'moved',
  'deleted',
  'restored',
  'archived',
  'unarchived',
  'linked',
  'unlinked',
  'assigned',
  'unassigned',
  'priority_changed',
  'status_changed',
  'comment',
  'agent_triggered',
  'agent_started',
  'agent_resumed',
  'agent_cancelled',
  'agent_interrupted',
  'workflow_complete',
  'workflow_failed',
  'workflow_blocked',
  'merged',
  'merge_reverted',
  'discarded',
])
export type ActivityType = z.infer<typeof ActivityType>

/** What the sentence tells, for machines: keys, titles, `from` and `to`. */
export const ActivityMetadata = z.record(z.string(), z.json())
export type ActivityMetadata = z.infer<typeof ActivityMetadata>

/** One line of the feed of a board: who did what. */
export const Activity = z.object({
  /** Grows along a board; pages and resumes go by it. */
  id: RecordId,
  board_id: BoardId,
  /** Null for what concerns no card, or one that is gone for good. */
  task_id: TaskId.nullable(),
  task_execution_id: ExecutionId.nullable(),
  actor: Actor,
  event_type: ActivityType,
  /** An English sentence without its subject: `moved RNG-3 “Fix login” from Backlog to In progress`. */
  message: z.string(),
  metadata: ActivityMetadata,
  created_at: z.coerce.date(),
})
export type Activity = z.infer<typeof Activity>

/** Newest first; `before` is the id of the last one that is known. Without `task_id` all of the board. */
export const ListActivity = z.strictObject({
  board_id: BoardId,
  task_id: TaskId.optional(),
  before: RecordId.optional(),
  /** Only what such actors did. */
  actor_type: Actor.shape.type.optional(),
  limit: z.number().int().min(1).max(100).default(50),
})
export type ListActivity = z.infer<typeof ListActivity>

export const FollowActivity = z.strictObject({
  boardId: BoardId,
  taskId: TaskId.optional(),
  lastEventId: RecordId.optional(),
})
export type FollowActivity = z.infer<typeof FollowActivity>

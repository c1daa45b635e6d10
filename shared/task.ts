import { z } from 'zod'
import { BoardId, ColumnId, ExecutionId, LabelId, TaskId } from './ids.ts'

export const Priority = z.enum(['low', 'medium', 'high', 'urgent'])
export type Priority = z.infer<typeof Priority>

/** The statuses that the app offers and gives itself; any other text stays valid (seed 1). */
export const OFFERED_STATUSES = ['open', 'in_progress', 'in_review', 'blocked', 'done', 'cancelled'] as const

const title = z.string().trim().min(1, 'A card needs a title.').max(255, 'At most 255 characters.')
const markdown = z.string().max(5000, 'At most 5,000 characters.')

/** A day without a time, as people name it: YYYY-MM-DD. */
export const Day = z.iso
  .date({ error: 'A day looks like 2026-01-31.' })
  .refine((day) => day >= '1900-01-01', 'A day from 1900 on.')

const estimate = z.number().min(0, 'Not less than 0.').max(1000, 'At most 1,000 points.')

/**
 * A card, as seed 1 answers it (section 4.3), with what the product adds. The added fields have defaults, so that
 * events of a version that did not know them can still be read.
 */
export const Task = z.object({
  id: TaskId,
  board_id: BoardId,
  column_id: ColumnId,
  /** Shown as KEY-number; never used again on the same board. */
  number: z.number().int(),
  title: z.string(),
  description: z.string().nullable(),
  /** Markdown, as the description. */
  acceptance_criteria: z.string().nullable().default(null),
  label_ids: z.array(LabelId).default([]),
  /** `person:<user id>`, `agent:<provider id>`, or a name that an import brought. */
  assigned_to: z.string().nullable(),
  status: z.string(),
  priority: Priority.nullable(),
  due_date: z.string().nullable().default(null),
  /** Points. */
  estimate: z.number().nullable().default(null),
  order: z.number(),
  /** Grows with each change by somebody; counts do not change it. */
  version: z.number().int(),
  current_execution_id: ExecutionId.nullable(),
  /** It lies in a column that starts agents; they start when its last blocker is done. */
  waits_for_blockers: z.boolean().default(false),
  comment_count: z.number().int().default(0),
  attachment_count: z.number().int().default(0),
  /** Items of task lists in the description and the acceptance criteria. */
  checklist_done: z.number().int().default(0),
  checklist_total: z.number().int().default(0),
  archived_at: z.coerce.date().nullable().default(null),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type Task = z.infer<typeof Task>

/** A card without its bodies, as windows keep thousands of them. */
export const TaskCard = Task.omit({ description: true, acceptance_criteria: true }).extend({
  has_description: z.boolean(),
})
export type TaskCard = z.infer<typeof TaskCard>

/** The card of a task that was told whole. */
export function toTaskCard({ description, acceptance_criteria: _, ...rest }: Task): TaskCard {
  return { ...rest, has_description: description !== null && description !== '' }
}

/** What a person sets on a card. Undefined leaves a value, null clears it. */
export const TaskFields = z.strictObject({
  title: title.optional(),
  description: markdown.nullable().optional(),
  acceptance_criteria: markdown.nullable().optional(),
  priority: Priority.nullable().optional(),
  label_ids: z.array(LabelId).max(500, 'At most 500 labels.').optional(),
  assigned_to: z.string().max(100).nullable().optional(),
  status: z.string().min(1).max(50).optional(),
  due_date: Day.nullable().optional(),
  estimate: estimate.nullable().optional(),
})
export type TaskFields = z.infer<typeof TaskFields>

/** Also above the WIP limit of the column; it is recorded. */
const force = z.boolean().optional()

export const CreateTask = TaskFields.extend({
  board_id: BoardId,
  column_id: ColumnId,
  title,
  /** Where in its column, unless `order` says it exactly. */
  place: z.enum(['top', 'bottom']).optional(),
  order: z.number().optional(),
  force,
})
export type CreateTask = z.infer<typeof CreateTask>

/** With `version`, a stale one is refused as in MoveTask. */
export const UpdateTask = TaskFields.extend({ id: TaskId, version: z.number().int().optional() })
export type UpdateTask = z.infer<typeof UpdateTask>

/** Target column, new place, and the version the mover saw (optimistic locking, seed 1 section 6.3). */
export const MoveTask = z.strictObject({
  id: TaskId,
  column_id: ColumnId,
  order: z.number(),
  version: z.number().int(),
  force,
})
export type MoveTask = z.infer<typeof MoveTask>

/** What becomes of one of several cards; what is left out stays. */
export const TaskChange = z.strictObject({
  id: TaskId,
  /** The version that the person saw: another one refuses the whole change. */
  version: z.number().int().optional(),
  set: TaskFields.optional(),
  place: z.strictObject({ column_id: ColumnId, order: z.number() }).optional(),
  trashed: z.boolean().optional(),
  archived: z.boolean().optional(),
})
export type TaskChange = z.infer<typeof TaskChange>

/** Cards that are changed in one transaction. */
export const MOST_CHANGES = 500

/** Many cards of one board at once: all of it happens, or nothing. */
export const ChangeTasks = z.strictObject({
  board_id: BoardId,
  changes: z
    .array(TaskChange)
    .min(1, 'Choose a card.')
    .max(MOST_CHANGES, 'At most 500 cards at once.')
    .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, 'Each card once.'),
  force,
})
export type ChangeTasks = z.infer<typeof ChangeTasks>

/** The cards as they are now, those in the trash or the archive too, in the order in which they were named. */
export interface ChangedTasks {
  tasks: Task[]
}

/** A copy of each right below it: all of them, or none. */
export const DuplicateTasks = z.strictObject({
  board_id: BoardId,
  ids: z.array(TaskId).min(1, 'Choose a card.').max(MOST_CHANGES, 'At most 500 cards at once.'),
  force,
})
export type DuplicateTasks = z.infer<typeof DuplicateTasks>

export const ListArchived = z.strictObject({
  board_id: BoardId,
  /** Part of the title, or a number. */
  text: z.string().max(200).optional(),
  /** `next` of the page before. */
  before: z.string().max(100).optional(),
  limit: z.number().int().min(1).max(200).default(50),
})
export type ListArchived = z.infer<typeof ListArchived>

/** Newest first. */
export interface ArchivedTasks {
  tasks: TaskCard[]
  next: string | null
}

import { z } from 'zod'
import type { ImportNote } from './board-transfer.ts'
import { BoardId } from './ids.ts'
import type { Label } from './label.ts'
import type { Task } from './task.ts'
import type { TaskLink } from './task-link.ts'

export const MOST_LISTED = 1000
const LONGEST_TEXT = 100_000

const text = z.string().max(LONGEST_TEXT, 'At most 100,000 characters.')
/** Some writers make a list of it, some a text. */
const textOrList = z.union([text, z.array(text).max(500, 'At most 500 entries.')]).nullish()
const id = z
  .union([z.string(), z.number()], 'It must be a text.')
  .transform((value) => String(value).trim())
  .pipe(z.string().min(1, 'It is empty.').max(100, 'At most 100 characters.'))

/** A task of a plan in the format of seed 4; what it does not name is looked over, and said. */
export const ListedTask = z.object({
  task_id: id,
  description: text.refine((value) => value.trim() !== '', 'It is empty.'),
  title: text.nullish(),
  iteration_id: z.union([text, z.number().transform(String)]).nullish(),
  iteration_goal: text.nullish(),
  agent_type_hint: text.nullish(),
  inputs: textOrList,
  target_files: textOrList,
  input_files: textOrList,
  deliverables: textOrList,
  acceptance_criteria: textOrList,
  dependencies: z.array(id).max(500, 'At most 500 entries.').nullish(),
  parallelizable: z.boolean().nullish(),
  done: z.boolean().nullish(),
})
export type ListedTask = z.infer<typeof ListedTask>

const path = z.string().min(1).max(4096)

export const InspectTaskList = z.strictObject({ board_id: BoardId, path })
export type InspectTaskList = z.infer<typeof InspectTaskList>

export const ImportTaskList = InspectTaskList.extend({
  /** Also above the WIP limit of the column; it is recorded. */
  force: z.boolean().optional(),
})
export type ImportTaskList = z.infer<typeof ImportTaskList>

/** What a task list holds, and where its cards would go. */
export interface TaskListPreview {
  path: string
  cards: number
  done: number
  links: number
  /** Names of labels that the board does not have yet. */
  new_labels: string[]
  /** The first cards, as they would be called. */
  titles: string[]
  column: string
  /** Null: the board has no end column, and finished tasks come to the others. */
  end_column: string | null
  /** What would not be as it is in the list. */
  notes: ImportNote[]
}

/** In the order of the list. */
export interface ImportedTaskList {
  tasks: Task[]
  links: TaskLink[]
  /** Those that the board had not before. */
  labels: Label[]
  notes: ImportNote[]
}

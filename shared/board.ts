import { z } from 'zod'
import { Column } from './column.ts'
import { ExecutionSummary } from './execution.ts'
import { BoardId, ProjectId } from './ids.ts'
import { Project } from './project.ts'
import { ProviderId } from './provider.ts'
import { Task } from './task.ts'

const name = z.string().trim().min(1, 'A board needs a name.').max(255, 'At most 255 characters.')
const description = z.string().max(1000, 'At most 1,000 characters.')

/** How agents work on this board. What is absent has a default: the preferences' provider, 3 rounds. */
export const BoardSettings = z.object({
  provider: ProviderId.optional(),
  /** Rounds of development or fix plus review before the execution asks for help. */
  max_iterations: z.number().int().min(1).max(10).optional(),
  model: z.string().min(1).max(100).optional(),
})
export type BoardSettings = z.infer<typeof BoardSettings>

export const DEFAULT_MAX_ITERATIONS = 3

/** A board, as seed 1 answers it (section 4.1), with its key and its project. */
export const Board = z.object({
  id: BoardId,
  name: z.string(),
  description: z.string().nullable(),
  settings: BoardSettings,
  /** Prefix of its cards' keys, unique among boards: RNG in RNG-12. */
  key: z.string(),
  project_id: ProjectId.nullable(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type Board = z.infer<typeof Board>

/** One row of the list: no settings, as in the seed. */
export const BoardListItem = Board.omit({ settings: true, updated_at: true }).extend({
  task_count: z.number().int(),
  /** Cards on which agents are at work. */
  running_count: z.number().int(),
  project_path: z.string().nullable(),
})
export type BoardListItem = z.infer<typeof BoardListItem>

export const BoardDetail = Board.extend({
  project: Project.nullable(),
  columns: z.array(Column),
  tasks: z.array(Task),
  /** The latest execution of each task that has one. */
  executions: z.array(ExecutionSummary),
  /** Resume `boards.onEvent` after this id: nothing is missed and nothing comes twice. */
  last_event_id: z.string(),
})
export type BoardDetail = z.infer<typeof BoardDetail>

export const CreateBoard = z.strictObject({
  name,
  description: description.nullable().optional(),
  project_id: ProjectId.nullable().optional(),
  /** `development`: Backlog, In progress (starts agents), Review, Done. `empty` has no columns. */
  template: z.enum(['empty', 'development']).default('empty'),
})
export type CreateBoard = z.infer<typeof CreateBoard>

export const UpdateBoard = z.strictObject({
  id: BoardId,
  name: name.optional(),
  description: description.nullable().optional(),
  settings: BoardSettings.strict().optional(),
})
export type UpdateBoard = z.infer<typeof UpdateBoard>

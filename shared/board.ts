import { z } from 'zod'
import { Column } from './column.ts'
import { ExecutionSummary } from './execution.ts'
import { BoardId, ColumnId, ProjectId } from './ids.ts'
import { Label } from './label.ts'
import { PermissionMode } from './policy.ts'
import { Project } from './project.ts'
import { ProviderId } from './provider.ts'
import { SavedView } from './saved-view.ts'
import { Task, TaskCard } from './task.ts'
import { TaskLink } from './task-link.ts'
import { BoardTransition } from './transition.ts'

const name = z.string().trim().min(1, 'A board needs a name.').max(255, 'At most 255 characters.')
const description = z.string().max(1000, 'At most 1,000 characters.')

/** How agents work on this board. What is absent has a default: the preferences' provider, 3 rounds. */
export const BoardSettings = z.object({
  provider: ProviderId.optional(),
  /** Rounds of development or fix plus review before the execution asks for help. */
  max_iterations: z.number().int().min(1).max(10).optional(),
  model: z.string().min(1).max(100).optional(),
  /** Where a phase wants another model than the board's. */
  models: z
    .partialRecord(
      z.enum(['clarity', 'architecture', 'development', 'review', 'fix']),
      z.string().min(1).max(100),
    )
    .optional(),
  /** Whether cards are checked for clarity first; below the threshold (75) the agents ask. */
  clarity: z.boolean().optional(),
  clarity_threshold: z.number().int().min(0).max(100).optional(),
  permission_mode: PermissionMode.optional(),
  /** Refuses to run agents' commands where the system offers no sandbox. */
  sandbox_required: z.boolean().optional(),
  /** A person agrees to the plan before it is carried out. */
  approve_plan: z.boolean().optional(),
  /** Executions of this board that run at once. */
  most_executions: z.number().int().min(1).max(50).optional(),
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
  /** Kept, but out of the way. */
  archived_at: z.coerce.date().nullable().default(null),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type Board = z.infer<typeof Board>

/** One row of the list: no settings, as in the seed. */
export const BoardListItem = Board.omit({ settings: true, updated_at: true }).extend({
  task_count: z.number().int(),
  /** Cards on which agents are at work. */
  running_count: z.number().int(),
  /** Cards whose agents wait for their turn. */
  queued_count: z.number().int(),
  /** Cards whose agents wait for a person. */
  needs_you_count: z.number().int(),
  /** Cards whose last run failed, and was neither settled nor tried again. */
  failed_count: z.number().int(),
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

/** What a window needs to draw a board at once; `boards.cards` brings the rest of the cards. */
export const OpenedBoard = Board.extend({
  project: Project.nullable(),
  columns: z.array(Column),
  labels: z.array(Label),
  links: z.array(TaskLink),
  /** None: every move is allowed. */
  transitions: z.array(BoardTransition),
  views: z.array(SavedView),
  /** How many cards each column has in all; a column without cards is left out. */
  counts: z.array(z.object({ column_id: ColumnId, count: z.number().int() })),
  /** The first of each column. */
  tasks: z.array(TaskCard),
  /** Cards beyond those that block one of them, so that it can be said which are blocked. */
  blockers: z.array(TaskCard),
  /** The latest execution of each of these cards that has one. */
  executions: z.array(ExecutionSummary),
  last_event_id: z.string(),
})
export type OpenedBoard = z.infer<typeof OpenedBoard>

export const OpenBoard = z.strictObject({
  id: BoardId,
  per_column: z.number().int().min(1).max(500).default(50),
})
export type OpenBoard = z.infer<typeof OpenBoard>

/** By number: a card that moves meanwhile is neither missed nor told twice. */
export const ListCards = z.strictObject({
  board_id: BoardId,
  /** `next` of the page before. */
  after: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(1000).default(1000),
})
export type ListCards = z.infer<typeof ListCards>

export interface CardPage {
  tasks: TaskCard[]
  executions: ExecutionSummary[]
  /** Null: that was all. */
  next: number | null
}

export const CreateBoard = z.strictObject({
  name,
  description: description.nullable().optional(),
  project_id: ProjectId.nullable().optional(),
  /** `development`: Backlog, In progress (starts agents), Review, Done. `empty` has no columns. */
  template: z.enum(['empty', 'development']).default('empty'),
})
export type CreateBoard = z.infer<typeof CreateBoard>

export const ArchiveBoard = z.strictObject({ id: BoardId, archived: z.boolean() })
export type ArchiveBoard = z.infer<typeof ArchiveBoard>

export const UpdateBoard = z.strictObject({
  id: BoardId,
  name: name.optional(),
  description: description.nullable().optional(),
  settings: BoardSettings.strict().optional(),
})
export type UpdateBoard = z.infer<typeof UpdateBoard>

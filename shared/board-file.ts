import { z } from 'zod'
import { Actor } from './actor.ts'
import { BoardSettings, CreateBoard } from './board.ts'
import { CreateColumn, UpdateColumn } from './column.ts'
import { CreateComment } from './comment.ts'
import { WorkflowType } from './execution.ts'
import { WorkflowId } from './ids.ts'
import { CreateLabel, MOST_LABELS } from './label.ts'
import { CreateView } from './saved-view.ts'
import { CreateTask, UpdateTask } from './task.ts'
import { LinkKind } from './task-link.ts'
import { CardTemplate } from './template.ts'

/**
 * A board in a file (docs/board-file.md). What a card or a column has is one optional field or array of its own, so
 * that a new noun is one more line here: a reader ignores the fields that it does not know, and takes the default for
 * those that are missing. `version` changes only when an older reader would misunderstand the file.
 */
export const BOARD_FILE_FORMAT = 'agent-rangers-board'
export const BOARD_FILE_VERSION = 1

/** Numbers beyond this would leave no room for further cards. */
const LARGEST_NUMBER = 1_000_000_000
/** What the database counts to. */
const LARGEST_INTEGER = 2_147_483_647

/** A time of this age or the next ones: databases and spreadsheets agree on it. */
const FileTime = z.iso
  .datetime({ offset: true, error: 'A time looks like 2025-01-31T12:00:00.000Z.' })
  .transform((text) => new Date(text))
  .refine((time) => time.getTime() >= 0 && time.getTime() < Date.UTC(10_000, 0), 'A year from 1970 to 9999.')

/** Choices that a newer version may know more of: what is unknown here, or out of its bounds, has its default. */
const settings = z.record(z.string(), z.unknown()).transform((given): BoardSettings => {
  const known = Object.entries(BoardSettings.shape).flatMap(([name, choice]) => {
    const value = given[name] ?? undefined
    return value !== undefined && choice.safeParse(value).success ? [[name, value]] : []
  })
  return BoardSettings.parse(Object.fromEntries(known))
})

const FileBoard = z.object({
  /** Kept when no other board has it. */
  key: z
    .string()
    .regex(/^[A-Z][A-Z0-9]{0,9}$/)
    .optional()
    .catch(undefined),
  name: CreateBoard.shape.name,
  description: CreateBoard.shape.description.default(null),
  settings: settings.default({}),
  /** At least the highest number of a card and one: numbers of cards that are gone are not given again. */
  next_task_number: z.number().int().min(1).max(LARGEST_INTEGER).default(1),
})

/** A column; their order in the file is their order on the board. */
export const FileColumn = z.object({
  /** By which the cards of this file name it. */
  id: z.string().min(1).max(100),
  name: CreateColumn.shape.name,
  color: UpdateColumn.shape.color.default(null),
  wip_limit: UpdateColumn.shape.wip_limit.default(null),
  triggers_agents: z.boolean().default(false),
  agent_workflow_type: WorkflowType.nullable().catch(null).default(null),
  /** With the type `custom`: a workflow of the database that the file is from. */
  agent_workflow_id: WorkflowId.nullable().catch(null).default(null),
  is_start_column: z.boolean().default(false),
  is_review_column: z.boolean().default(false),
  is_end_column: z.boolean().default(false),
  trashed: z.boolean().optional(),
})
export type FileColumn = z.infer<typeof FileColumn>

/** What somebody said on a card. */
const FileComment = z.object({
  author_type: Actor.shape.type.catch('person').default('person'),
  author_id: z.string().max(100).default(''),
  author_name: z.string().trim().min(1, 'Who said it is missing.').max(255),
  body: CreateComment.shape.body,
  created_at: FileTime.optional(),
  edited_at: FileTime.nullable().default(null),
})

const FileLabel = z.object({
  /** By which the cards of this file name it. */
  id: z.string().min(1).max(100),
  name: CreateLabel.shape.name,
  color: CreateLabel.shape.color,
})
export type FileLabel = z.infer<typeof FileLabel>

/** `from` <kind> `to`, by the numbers of the cards. */
const FileLink = z.object({ from: z.number().int(), kind: LinkKind, to: z.number().int() })

/** An allowed move between two columns, by their ids; without any all moves are allowed. */
const FileTransition = z.object({ from: z.string(), to: z.string() })

/** A saved view: what it shows, as `BoardQuery`, with the labels of this file. What a reader does not know, it leaves out. */
export const FileView = z.object({
  name: CreateView.shape.name,
  query: z.record(z.string(), z.unknown()),
})
export type FileView = z.infer<typeof FileView>

/** A template for cards of this board; it names its labels. */
const FileTemplate = z.object({ name: z.string().trim().min(1).max(100), content: CardTemplate })

/** A card; their order in the file is their order within a column. */
export const FileTask = z.object({
  /** The number in its key, by which other cards of this file name it; a free one when it is missing. */
  number: z.number().int().min(1).max(LARGEST_NUMBER).optional(),
  /** `id` of its column. */
  column: z.string(),
  title: CreateTask.shape.title,
  description: CreateTask.shape.description.default(null),
  acceptance_criteria: CreateTask.shape.acceptance_criteria.default(null),
  /** `id`s of labels. */
  labels: z.array(z.string()).max(MOST_LABELS, 'At most 500 labels.').default([]),
  assigned_to: UpdateTask.shape.assigned_to.default(null),
  /** What the person is called, for a database that does not know them. */
  assigned_name: z.string().max(100).optional(),
  status: z.string().min(1).max(50).default('open'),
  priority: CreateTask.shape.priority.default(null),
  due_date: CreateTask.shape.due_date.default(null),
  estimate: CreateTask.shape.estimate.default(null),
  comments: z.array(FileComment).default([]),
  /** In a column that starts agents: it starts by itself when the last card that blocks it is done. */
  waits_for_blockers: z.boolean().optional(),
  archived_at: FileTime.nullable().default(null),
  created_at: FileTime.optional(),
  updated_at: FileTime.optional(),
  trashed: z.boolean().optional(),
})
export type FileTask = z.infer<typeof FileTask>
/** As it stands in the file. */
export type FileTaskInput = z.input<typeof FileTask>

/** All but the cards, which may be many. */
export const BoardFileHead = z.object({
  board: FileBoard,
  columns: z.array(FileColumn).max(1000, 'At most 1,000 columns.'),
  labels: z.array(FileLabel).max(MOST_LABELS, 'At most 500 labels.').default([]),
  transitions: z.array(FileTransition).max(10_000).default([]),
  links: z.array(FileLink).default([]),
  views: z.array(FileView).max(1000, 'At most 1,000 views.').default([]),
  templates: z.array(FileTemplate).max(1000, 'At most 1,000 templates.').default([]),
})
export type BoardFileHead = z.infer<typeof BoardFileHead>

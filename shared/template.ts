import { z } from 'zod'
import { BoardSettings, CreateBoard } from './board.ts'
import { Column, UpdateColumn } from './column.ts'
import { BoardId, ProjectId, TemplateId } from './ids.ts'
import { Label } from './label.ts'
import { CreateTask, Priority, TaskFields } from './task.ts'

export const TemplateKind = z.enum(['card', 'board'])
export type TemplateKind = z.infer<typeof TemplateKind>

/** What a new card begins with; labels by name, since a template may serve several boards. */
export const CardTemplate = z.object({
  title: CreateTask.shape.title,
  description: TaskFields.shape.description.unwrap().default(null),
  acceptance_criteria: TaskFields.shape.acceptance_criteria.unwrap().default(null),
  priority: Priority.nullable().default(null),
  labels: z.array(z.string().min(1).max(50)).max(500).default([]),
  estimate: TaskFields.shape.estimate.unwrap().default(null),
})
export type CardTemplate = z.infer<typeof CardTemplate>

const TemplateColumn = z.object({
  name: UpdateColumn.shape.name.unwrap(),
  color: UpdateColumn.shape.color.unwrap().default(null),
  wip_limit: UpdateColumn.shape.wip_limit.unwrap().default(null),
  triggers_agents: z.boolean().default(false),
  agent_workflow_type: Column.shape.agent_workflow_type.default(null),
  agent_workflow_id: Column.shape.agent_workflow_id,
  is_start_column: z.boolean().default(false),
  is_review_column: z.boolean().default(false),
  is_end_column: z.boolean().default(false),
})

/** What a new board begins with. Columns are named by their place, from 0. */
export const BoardTemplate = z.object({
  columns: z.array(TemplateColumn).max(100),
  transitions: z.array(z.object({ from: z.number().int().min(0), to: z.number().int().min(0) })).default([]),
  labels: z
    .array(Label.pick({ name: true, color: true }))
    .max(500)
    .default([]),
  settings: BoardSettings.default({}),
  cards: z.array(z.object({ name: z.string().min(1).max(100), content: CardTemplate })).default([]),
})
export type BoardTemplate = z.infer<typeof BoardTemplate>

export type TemplateContent = CardTemplate | BoardTemplate

const name = z.string().trim().min(1, 'A template needs a name.').max(100, 'At most 100 characters.')

const base = {
  id: TemplateId,
  /** The board whose cards it serves; null: any board, or a template for boards. */
  board_id: BoardId.nullable(),
  name: z.string(),
  /** It comes with the app and cannot be changed. */
  is_built_in: z.boolean(),
}
export const Template = z.discriminatedUnion('kind', [
  z.object({ ...base, kind: z.literal('card'), content: CardTemplate }),
  z.object({ ...base, kind: z.literal('board'), content: BoardTemplate }),
])
export type Template = z.infer<typeof Template>

export const CreateTemplate = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('card'), board_id: BoardId.nullable(), name, content: CardTemplate }),
  /** Of a board as it is. */
  z.strictObject({ kind: z.literal('board'), from_board_id: BoardId, name }),
])
export type CreateTemplate = z.infer<typeof CreateTemplate>

export const UpdateTemplate = z.strictObject({
  id: TemplateId,
  name: name.optional(),
  /** Of a template for cards. */
  content: CardTemplate.optional(),
})
export type UpdateTemplate = z.infer<typeof UpdateTemplate>

/** A template that was deleted, as it was. */
export const RestoreTemplate = z.discriminatedUnion('kind', [
  z.strictObject({
    id: TemplateId,
    kind: z.literal('card'),
    board_id: BoardId.nullable(),
    name,
    content: CardTemplate,
  }),
  z.strictObject({
    id: TemplateId,
    kind: z.literal('board'),
    board_id: z.null(),
    name,
    content: BoardTemplate,
  }),
])
export type RestoreTemplate = z.infer<typeof RestoreTemplate>

export const CreateBoardFromTemplate = z.strictObject({
  template_id: TemplateId,
  name: CreateBoard.shape.name,
  project_id: ProjectId.nullable().optional(),
})
export type CreateBoardFromTemplate = z.infer<typeof CreateBoardFromTemplate>

import { z } from 'zod'
import { WorkflowType } from './execution.ts'
import { BoardId, ColumnId, WorkflowId } from './ids.ts'

const name = z.string().trim().min(1, 'A column needs a name.').max(255, 'At most 255 characters.')
const color = z.string().regex(/^#[0-9A-Fa-f]{6}$/, 'A colour looks like #1A2B3C.')

/** A column of a board, as seed 1 answers it (section 4.2), with the flags that steer agents. */
export const Column = z.object({
  id: ColumnId,
  board_id: BoardId,
  name: z.string(),
  order: z.number(),
  color: z.string().nullable(),
  wip_limit: z.number().int().nullable(),
  /** Moving a card here starts `agent_workflow_type`. */
  triggers_agents: z.boolean(),
  agent_workflow_type: WorkflowType.nullable(),
  /** Instead of a built-in one: with the type `custom`. */
  agent_workflow_id: WorkflowId.nullable().default(null),
  is_start_column: z.boolean(),
  is_review_column: z.boolean(),
  is_end_column: z.boolean(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type Column = z.infer<typeof Column>

export const CreateColumn = z.strictObject({ board_id: BoardId, name })
export type CreateColumn = z.infer<typeof CreateColumn>

/** Undefined leaves a value, null clears it. */
export const UpdateColumn = z.strictObject({
  id: ColumnId,
  name: name.optional(),
  color: color.nullable().optional(),
  wip_limit: z.number().int().min(0).nullable().optional(),
  triggers_agents: z.boolean().optional(),
  agent_workflow_type: WorkflowType.nullable().optional(),
  agent_workflow_id: WorkflowId.nullable().optional(),
  is_start_column: z.boolean().optional(),
  is_review_column: z.boolean().optional(),
  is_end_column: z.boolean().optional(),
})
export type UpdateColumn = z.infer<typeof UpdateColumn>

/** `order` is the new place, as calculateOrder gives it. */
export const MoveColumn = z.strictObject({ id: ColumnId, order: z.number() })
export type MoveColumn = z.infer<typeof MoveColumn>

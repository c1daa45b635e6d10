import { z } from 'zod'
import { WorkflowId } from './ids.ts'
import { ProviderId } from './provider.ts'

/** Names a node within its definition; part of the paths of steps. */
const nodeId = z
  .string()
  .min(1, 'A step needs an id.')
  .max(50, 'At most 50 characters.')
  .regex(/^[A-Za-z0-9_-]+$/, 'Letters, digits, - and _ only.')
const name = z.string().trim().min(1, 'A step needs a name.').max(100, 'At most 100 characters.')

/** What an agent does in a step. Within a loop, a `development` from the second round on is a `fix`. */
export const AgentRole = z.enum(['architecture', 'development', 'review'])
export type AgentRole = z.infer<typeof AgentRole>

export const AgentNode = z.strictObject({
  kind: z.literal('agent'),
  id: nodeId,
  name,
  role: AgentRole,
  /** Absent: the execution's own. */
  provider: ProviderId.optional(),
  model: z.string().min(1).max(100).optional(),
  /** Added to what the role is told. */
  instructions: z.string().max(5000).optional(),
})
export type AgentNode = z.infer<typeof AgentNode>

/** A fact about the work so far. */
export const WorkflowCondition = z.enum([
  'approved',
  'changes_requested',
  'checks_passed',
  'checks_failed',
  'has_changes',
  'has_no_changes',
])
export type WorkflowCondition = z.infer<typeof WorkflowCondition>

/** All at once, in one workspace: therefore only roles that change nothing. Goes on when all have finished. */
export interface ParallelNode {
  kind: 'parallel'
  id: string
  name: string
  branches: AgentNode[]
}
export interface ConditionNode {
  kind: 'condition'
  id: string
  name: string
  when: WorkflowCondition
  yes: WorkflowNode[]
  no: WorkflowNode[]
}
/** Again and again until the condition holds after a round, at most so often. Null: the board's rounds. */
export interface LoopNode {
  kind: 'loop'
  id: string
  name: string
  until: WorkflowCondition
  most: number | null
  body: WorkflowNode[]
}
/** A person says whether it goes on; a refusal ends the run as cancelled. */
export interface GateNode {
  kind: 'gate'
  id: string
  name: string
  question: string
}
export type WorkflowNode = AgentNode | ParallelNode | ConditionNode | LoopNode | GateNode

const nodes = z.lazy(() => z.array(WorkflowNode).max(100, 'At most 100 steps in a row.'))

const ParallelNode: z.ZodType<ParallelNode> = z.strictObject({
  kind: z.literal('parallel'),
  id: nodeId,
  name,
  branches: z.array(AgentNode).min(2, 'At least two branches.').max(8, 'At most 8 branches.'),
})
const ConditionNode: z.ZodType<ConditionNode> = z.strictObject({
  kind: z.literal('condition'),
  id: nodeId,
  name,
  when: WorkflowCondition,
  yes: nodes,
  no: nodes,
})
const LoopNode: z.ZodType<LoopNode> = z.strictObject({
  kind: z.literal('loop'),
  id: nodeId,
  name,
  until: WorkflowCondition,
  most: z.number().int().min(1).max(10).nullable(),
  body: nodes,
})
const GateNode: z.ZodType<GateNode> = z.strictObject({
  kind: z.literal('gate'),
  id: nodeId,
  name,
  question: z.string().trim().min(1, 'What is the person asked?').max(1000),
})

export const WorkflowNode: z.ZodType<WorkflowNode> = z.union([
  AgentNode,
  ParallelNode,
  ConditionNode,
  LoopNode,
  GateNode,
])

/**
 * A structured graph: what comes after what is the order of the lists, a loop is the only way back, and every node is
 * reached by being there. So a definition that parses has no cycle outside loops and nothing unreachable; what remains to
 * be checked (`findWorkflowProblems`) are ids used twice, empty loops and conditions that can never be told.
 */
export const WorkflowDefinition = z.strictObject({
  /** Asks before the first step whether the card is clear enough. */
  clarity: z.boolean(),
  nodes: z.array(WorkflowNode).min(1, 'A workflow needs a step.').max(100),
})
export type WorkflowDefinition = z.infer<typeof WorkflowDefinition>

export const Workflow = z.object({
  id: WorkflowId,
  name: z.string(),
  version: z.number().int(),
  definition: WorkflowDefinition,
  archived_at: z.coerce.date().nullable(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type Workflow = z.infer<typeof Workflow>

/** A definition as it was once saved. */
export const WorkflowVersion = z.object({
  workflow_id: WorkflowId,
  version: z.number().int(),
  name: z.string(),
  definition: WorkflowDefinition,
  author_name: z.string(),
  created_at: z.coerce.date(),
})
export type WorkflowVersion = z.infer<typeof WorkflowVersion>

const workflowName = z.string().trim().min(1, 'A workflow needs a name.').max(100, 'At most 100 characters.')

export const CreateWorkflow = z.strictObject({ name: workflowName, definition: WorkflowDefinition })
export type CreateWorkflow = z.infer<typeof CreateWorkflow>

/** `version` is the one that was edited. */
export const UpdateWorkflow = z.strictObject({
  id: WorkflowId,
  version: z.number().int().min(1),
  name: workflowName.optional(),
  definition: WorkflowDefinition.optional(),
})
export type UpdateWorkflow = z.infer<typeof UpdateWorkflow>

/** Archived: not offered any more; what uses it goes on to. */
export const ArchiveWorkflow = z.strictObject({ id: WorkflowId, archived: z.boolean() })
export type ArchiveWorkflow = z.infer<typeof ArchiveWorkflow>

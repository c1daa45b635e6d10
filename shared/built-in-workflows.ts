import type { WorkflowType } from './execution.ts'
import type { AgentNode, WorkflowDefinition, WorkflowNode } from './workflow.ts'

export type BuiltInWorkflowType = Exclude<WorkflowType, 'custom'>

export interface BuiltInWorkflow {
  type: BuiltInWorkflowType
  name: string
  /** What it does, in one sentence. */
  description: string
  definition: WorkflowDefinition
}

const PLAN: AgentNode = { kind: 'agent', id: 'architecture', name: 'Plan', role: 'architecture' }
const DEVELOP: AgentNode = { kind: 'agent', id: 'development', name: 'Develop', role: 'development' }
const REVIEW: AgentNode = { kind: 'agent', id: 'review', name: 'Review', role: 'review' }

const ROUNDS: WorkflowNode = {
  kind: 'loop',
  id: 'rounds',
  name: 'Rounds',
  until: 'approved',
  most: null,
  body: [DEVELOP, REVIEW],
}

/** The workflows that the app brings, by the same definitions as those that people make. */
export const BUILT_IN_WORKFLOWS: Readonly<Record<BuiltInWorkflowType, BuiltInWorkflow>> = {
  development: {
    type: 'development',
    name: 'Development',
    description: 'Plans, writes, reviews and mends, round after round, until the reviewer approves.',
    definition: { clarity: true, nodes: [PLAN, ROUNDS] },
  },
  quick_development: {
    type: 'quick_development',
    name: 'Quick development',
    description: 'Writes without a plan, then reviews and mends until the reviewer approves.',
    definition: { clarity: true, nodes: [ROUNDS] },
  },
  architecture_only: {
    type: 'architecture_only',
    name: 'Plan only',
    description: 'Writes a plan and changes nothing.',
    definition: { clarity: true, nodes: [PLAN] },
  },
  review_only: {
    type: 'review_only',
    name: 'Review only',
    description: 'Reviews the latest work of agents on the card.',
    definition: { clarity: false, nodes: [REVIEW] },
  },
}

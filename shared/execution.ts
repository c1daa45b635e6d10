import { z } from 'zod'
import { BoardId, ExecutionId, StepId, TaskId, WorkflowId } from './ids.ts'
import { PermissionMode } from './policy.ts'
import { FailureKind, ProviderId, Usage } from './provider.ts'

/** The built-in workflows, and `custom` for those that people make. */
export const WorkflowType = z.enum([
  'development',
  'quick_development',
  'architecture_only',
  'review_only',
  'custom',
])
export type WorkflowType = z.infer<typeof WorkflowType>

/** `clarity` asks whether the card is clear enough; `gate` asks a person. */
export const Phase = z.enum(['clarity', 'architecture', 'development', 'review', 'fix', 'gate'])
export type Phase = z.infer<typeof Phase>

/** The phases that an agent works in. */
export type AgentPhase = Exclude<Phase, 'gate'>

/** DESIGN, section 6. `blocked` needs attention (rounds used up); `interrupted`: the app died. */
export const ExecutionStatus = z.enum([
  'pending',
  'running',
  'awaiting_clarification',
  'awaiting_approval',
  'paused',
  'completed',
  'failed',
  'cancelled',
  'blocked',
  'interrupted',
])
export type ExecutionStatus = z.infer<typeof ExecutionStatus>

/** What became of the result: waiting for the person, merged into the base branch, or thrown away. */
export const Resolution = z.enum(['none', 'merged', 'discarded'])
export type Resolution = z.infer<typeof Resolution>

export const Finding = z.object({
  severity: z.enum(['critical', 'major', 'minor']),
  file: z.string().nullable(),
  line: z.number().int().nullable(),
  finding: z.string(),
  suggestion: z.string().nullable(),
})
export type Finding = z.infer<typeof Finding>

export const Verdict = z.object({
  status: z.enum(['APPROVED', 'CHANGES_REQUESTED']),
  summary: z.string(),
  findings: z.array(Finding),
})
export type Verdict = z.infer<typeof Verdict>

/** What confines the processes of an execution; `none` is shown on its card. */
export const SandboxKind = z.enum(['bubblewrap', 'seatbelt', 'none'])
export type SandboxKind = z.infer<typeof SandboxKind>

/** What a card shows of an execution. */
export const ExecutionSummary = z.object({
  id: ExecutionId,
  task_id: TaskId,
  board_id: BoardId,
  workflow_type: WorkflowType,
  provider: ProviderId,
  model: z.string().nullable().default(null),
  workflow_id: WorkflowId.nullable().default(null),
  workflow_version: z.number().int().nullable().default(null),
  /** Of executions of one card that are compared with each other; `alternative` counts them from 1, else it is 0. */
  group_id: z.uuid().nullable().default(null),
  alternative: z.number().int().default(0),
  clarity_score: z.number().int().nullable().default(null),
  permission_mode: PermissionMode.nullable().default(null),
  budget_usd: z.number().nullable().default(null),
  /** The cost is the agent's own word, or that of a subscription. */
  cost_is_estimate: z.boolean().default(false),
  sandbox: SandboxKind.nullable().default(null),
  /** What is being done right now, in one line; told anew by `executions.onWork`. */
  activity_line: z.string().nullable().default(null),
  status: ExecutionStatus,
  resolution: Resolution,
  current_phase: Phase.nullable(),
  /** The round, from 1. */
  iteration: z.number().int(),
  max_iterations: z.number().int(),
  branch: z.string().nullable(),
  base_branch: z.string().nullable(),
  base_commit: z.string().nullable(),
  head_commit: z.string().nullable(),
  failure_kind: FailureKind.nullable(),
  /** A sentence for the person: what happened and what to do. */
  error_message: z.string().nullable(),
  result_summary: z.string().nullable(),
  usage: Usage,
  /** Estimate from list prices; null when a model's price is not known. */
  cost_usd: z.number().nullable(),
  files_changed: z.number().int(),
  additions: z.number().int(),
  deletions: z.number().int(),
  started_at: z.coerce.date().nullable(),
  completed_at: z.coerce.date().nullable(),
  created_at: z.coerce.date(),
  updated_at: z.coerce.date(),
})
export type ExecutionSummary = z.infer<typeof ExecutionSummary>

export const StepStatus = z.enum(['running', 'completed', 'failed', 'cancelled', 'interrupted'])
export type StepStatus = z.infer<typeof StepStatus>

/** For how long a person was waited for; null: still. */
export const Wait = z.object({ from: z.coerce.date(), until: z.coerce.date().nullable() })
export type Wait = z.infer<typeof Wait>

/** One phase in one round: what is persisted, priced and resumed. */
export const Step = z.object({
  id: StepId,
  execution_id: ExecutionId,
  /** Place in the execution, from 1. */
  sequence: z.number().int(),
  phase: Phase,
  iteration: z.number().int(),
  /** Its place in the workflow: rounds[2]/review. */
  node_path: z.string().nullable().default(null),
  provider: ProviderId.nullable().default(null),
  /** The Markdown package that the developer was given. */
  briefing: z.string().nullable().default(null),
  /** What the project's checks said after it, all told; null when none ran. */
  checks: z.enum(['passed', 'failed']).nullable().default(null),
  status: StepStatus,
  output_content: z.string().nullable(),
  verdict: Verdict.nullable(),
  files_changed: z.array(z.string()),
  head_commit: z.string().nullable(),
  model: z.string().nullable(),
  usage: Usage,
  cost_usd: z.number().nullable(),
  duration_ms: z.number().int().nullable(),
  error_message: z.string().nullable(),
  /** It has `failed` because a budget was used up, which is no fault of the agent. */
  stopped_by_budget: z.boolean().default(false),
  started_at: z.coerce.date(),
  completed_at: z.coerce.date().nullable(),
  /** For answers to its agent, whether it may do something: no work. */
  waits: z.array(Wait).default([]),
})
export type Step = z.infer<typeof Step>

export const ExecutionDetail = ExecutionSummary.extend({
  steps: z.array(Step),
  /** For people, in its steps and between them. */
  waits: z.array(Wait),
  workspace_path: z.string().nullable(),
  /** Resume `executions.onEvent` after this sequence number. */
  last_sequence: z.number().int(),
})
export type ExecutionDetail = z.infer<typeof ExecutionDetail>

export const StartExecution = z.strictObject({
  task_id: TaskId,
  workflow_type: WorkflowType.default('development'),
  /** With `custom`. */
  workflow_id: WorkflowId.optional(),
  provider: ProviderId.optional(),
  model: z.string().min(1).max(100).optional(),
  /** Also while other cards block it. */
  force: z.boolean().optional(),
})
export type StartExecution = z.infer<typeof StartExecution>

/** The same card by several agents or models, to compare what they make of it. */
export const StartAlternatives = z.strictObject({
  task_id: TaskId,
  workflow_type: WorkflowType.default('development'),
  /** With `custom`. */
  workflow_id: WorkflowId.optional(),
  alternatives: z
    .array(z.strictObject({ provider: ProviderId, model: z.string().min(1).max(100).optional() }))
    .min(2, 'Choose at least two agents to compare.')
    .max(6, 'At most 6 at once.'),
  /** Also while other cards block it. */
  force: z.boolean().optional(),
})
export type StartAlternatives = z.infer<typeof StartAlternatives>

/** One that waits for room. */
export interface QueuedExecution {
  execution_id: ExecutionId
  /** From 1. */
  place: number
  /** A sentence. */
  reason: string
}

/** Agents on many cards, each by itself. */
export const StartExecutions = z.strictObject({
  task_ids: z.array(TaskId).min(1, 'Choose a card.').max(500, 'At most 500 cards at once.'),
})
export type StartExecutions = z.infer<typeof StartExecutions>

/** Which of them have begun, and why the others have not. */
export interface StartedExecutions {
  started: ExecutionSummary[]
  refused: { task_id: TaskId; message: string }[]
}

/** Statuses in which an execution occupies its task: no second one may start. */
export const ACTIVE_STATUSES: readonly ExecutionStatus[] = [
  'pending',
  'running',
  'awaiting_clarification',
  'awaiting_approval',
  'paused',
]

export function isActive(status: ExecutionStatus): boolean {
  return ACTIVE_STATUSES.includes(status)
}

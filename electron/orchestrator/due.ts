import type { AgentPhase, Verdict } from '#shared/execution.ts'
import type { AgentNode, GateNode } from '#shared/workflow.ts'

/** A step for an agent. */
export interface DueStep {
  path: string
  phase: AgentPhase
  /** The round, from 1; it grows along the whole workflow. */
  iteration: number
  /** Null: the clarity check, or a round that was asked for after the end. */
  node: AgentNode | null
  /** What asks for this work: the review, or the checks, before it. */
  findings: Verdict | null
}

export type Outcome =
  | { type: 'approved'; summary: string }
  | { type: 'plan_ready' }
  /** Nobody was to review it. */
  | { type: 'done' }
  | { type: 'rounds_used_up'; rounds: number; findings: Verdict | null }
  /** The last word of the project's checks is no. */
  | { type: 'checks_failed'; findings: Verdict | null }

export type Due =
  /** More than one: at once. */
  | { type: 'steps'; steps: [DueStep, ...DueStep[]] }
  /** `plan`: how often the plan that it is about has been written; null where it is about something else. */
  | { type: 'gate'; path: string; iteration: number; node: GateNode; plan: number | null }
  | { type: 'end'; outcome: Outcome }

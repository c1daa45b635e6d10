import { assertNever } from '#shared/assert-never.ts'
import type { ExecutionStatus, Phase, Resolution, Verdict, WorkflowType } from '#shared/execution.ts'
import type { FailureKind } from '#shared/provider.ts'

/** A phase of a round that has been finished. */
export interface FinishedStep {
  phase: Phase
  iteration: number
  verdict: Verdict | null
}

/** All that decisions about an execution depend on. */
export interface ExecutionState {
  status: ExecutionStatus
  resolution: Resolution
  workflow: WorkflowType
  iteration: number
  maxIterations: number
  /** In the order in which they were finished. */
  finished: readonly FinishedStep[]
}

/** What has been decided to be true from now on. */
export type Fact =
  | { type: 'started' }
  | { type: 'resumed'; maxIterations: number }
  | { type: 'step_started'; phase: Phase; iteration: number }
  | { type: 'step_finished'; phase: Phase; iteration: number; verdict: Verdict | null }
  | { type: 'completed'; message: string }
  | { type: 'blocked'; message: string }
  | { type: 'failed'; kind: FailureKind; message: string }
  | { type: 'cancelled' }
  | { type: 'interrupted'; message: string }
  | { type: 'merged' }
  | { type: 'discarded' }

/** The state after a fact. */
export function evolve(state: ExecutionState, fact: Fact): ExecutionState {
  switch (fact.type) {
    case 'started':
      return { ...state, status: 'running' }
    case 'resumed':
      return { ...state, status: 'running', maxIterations: fact.maxIterations }
    case 'step_started':
      return { ...state, iteration: fact.iteration }
    case 'step_finished': {
      const { phase, iteration, verdict } = fact
      return { ...state, finished: [...state.finished, { phase, iteration, verdict }] }
    }
    case 'completed':
    case 'blocked':
    case 'failed':
    case 'cancelled':
    case 'interrupted':
      return { ...state, status: fact.type }
    case 'merged':
    case 'discarded':
      return { ...state, resolution: fact.type }
    default:
      return assertNever(fact)
  }
}

/** The step that comes next, or null when the workflow has come to its end. */
export function dueStep(state: ExecutionState): { phase: Phase; iteration: number } | null {
  const last = state.finished.at(-1)
  if (!last) {
    return { phase: state.workflow === 'quick_development' ? 'development' : 'architecture', iteration: 1 }
  }
  switch (last.phase) {
    case 'architecture':
      return state.workflow === 'architecture_only' ? null : { phase: 'development', iteration: 1 }
    case 'development':
    case 'fix':
      return { phase: 'review', iteration: last.iteration }
    case 'review':
      if (last.verdict?.status === 'APPROVED' || last.iteration >= state.maxIterations) return null
      return { phase: 'fix', iteration: last.iteration + 1 }
    case 'clarity':
    case 'gate':
      return { phase: 'architecture', iteration: 1 }
    default:
      return assertNever(last.phase)
  }
}

import { assertNever } from '#shared/assert-never.ts'
import type { ExecutionStatus, Phase, Resolution } from '#shared/execution.ts'
import type { FailureKind } from '#shared/provider.ts'
import type { WorkflowDefinition } from '#shared/workflow.ts'
import type { Due } from './due.ts'
import { interpret } from './interpret.ts'
import type { FinishedStep } from './interpret-walk.ts'

/** All that decisions about an execution depend on. */
export interface ExecutionState {
  status: ExecutionStatus
  resolution: Resolution
  /** What it started with. */
  definition: WorkflowDefinition
  iteration: number
  maxIterations: number
  /** In the order in which they were finished. */
  finished: readonly FinishedStep[]
  /** Paths of steps that run. */
  begun: readonly string[]
  /** How many messages of people no agent was given yet. */
  waitingMessages: number
}

/** What has been decided to be true from now on. */
export type Fact =
  | { type: 'started' }
  /** `did`: what the person did to the card, for the feed. */
  | { type: 'resumed'; maxIterations: number; message: string; did: string }
  | { type: 'step_started'; path: string; phase: Phase; iteration: number }
  | { type: 'step_finished'; step: FinishedStep; by_person?: true }
  | { type: 'questions_asked'; count: number }
  | { type: 'questions_answered'; skipped: boolean }
  | { type: 'gate_reached'; path: string; iteration: number; question: string }
  | { type: 'gate_passed' }
  /** A person wants another plan. */
  | { type: 'plan_returned' }
  | { type: 'permission_asked' }
  | { type: 'permission_settled' }
  | { type: 'paused' }
  /** `by_verdict`: the message is a verdict’s, which the log tells of its own. */
  | { type: 'completed'; message: string; by_person?: true; by_verdict?: true }
  | { type: 'blocked'; kind: FailureKind | null; message: string }
  | { type: 'failed'; kind: FailureKind; message: string }
  | { type: 'cancelled'; message: string | null }
  | { type: 'interrupted'; message: string }
  | { type: 'merged' }
  | { type: 'merge_reverted' }
  | { type: 'discarded' }
  /** What was discarded is there again. */
  | { type: 'restored' }

/** The state after a fact. */
export function evolve(state: ExecutionState, fact: Fact): ExecutionState {
  switch (fact.type) {
    case 'started':
    case 'questions_answered':
    case 'gate_passed':
    case 'plan_returned':
    case 'permission_settled':
      return { ...state, status: 'running' }
    case 'resumed':
      return { ...state, status: 'running', maxIterations: fact.maxIterations, begun: [] }
    case 'step_started':
      return { ...state, iteration: fact.iteration, begun: [...state.begun, fact.path] }
    case 'step_finished': {
      const begun = state.begun.filter((path) => path !== fact.step.path)
      return { ...state, finished: [...state.finished, fact.step], begun }
    }
    case 'questions_asked':
      return { ...state, status: 'awaiting_clarification' }
    case 'gate_reached':
      return { ...state, status: 'awaiting_approval', iteration: fact.iteration }
    case 'permission_asked':
      return { ...state, status: 'awaiting_approval' }
    case 'paused':
    case 'completed':
    case 'blocked':
    case 'failed':
    case 'cancelled':
    case 'interrupted':
      return { ...state, status: fact.type, begun: [] }
    case 'merge_reverted':
    case 'restored':
      return { ...state, resolution: 'none' }
    case 'merged':
    case 'discarded':
      return { ...state, resolution: fact.type }
    default:
      return assertNever(fact)
  }
}

/** What comes next: steps, a gate, or the end. */
export function dueOf(state: Pick<ExecutionState, 'definition' | 'finished' | 'maxIterations'>): Due {
  return interpret(state.definition, state.finished, state.maxIterations)
}

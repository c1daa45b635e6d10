import { z } from 'zod'
import { assertNever } from './assert-never.ts'
import type { ExecutionSummary } from './execution.ts'

/** How far agents are with a card, as people sort cards by it. */
export const AgentState = z.enum(['none', 'running', 'needs_you', 'ready', 'failed', 'stopped', 'merged'])
export type AgentState = z.infer<typeof AgentState>

/** Agents wait for a person while a result is neither merged nor discarded. */
export const NEEDS_YOU: readonly ExecutionSummary['status'][] = [
  'awaiting_clarification',
  'awaiting_approval',
  'paused',
  'blocked',
  'interrupted',
]

/** What is told of a board from afar, the weightiest: that agents wait for the person, have failed, or are at work. */
export type BoardAgents = Extract<AgentState, 'needs_you' | 'failed' | 'running'> | null

/** Agents are at work, or wait for their turn. */
export const AT_WORK: readonly ExecutionSummary['status'][] = ['pending', 'running']

export function agentStateOf(
  execution: Pick<ExecutionSummary, 'status' | 'resolution'> | null | undefined,
): AgentState {
  if (!execution) return 'none'
  if (execution.resolution === 'merged') return 'merged'
  if (execution.resolution === 'discarded') return 'none'
  switch (execution.status) {
    case 'pending':
    case 'running':
      return 'running'
    case 'awaiting_clarification':
    case 'awaiting_approval':
    case 'paused':
    case 'blocked':
    case 'interrupted':
      return 'needs_you'
    case 'completed':
      return 'ready'
    case 'failed':
      return 'failed'
    case 'cancelled':
      return 'stopped'
    default:
      return assertNever(execution.status)
  }
}

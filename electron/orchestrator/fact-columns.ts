import type { ExecutionChange, ExecutionRow } from '#db/queries/executions.ts'
import { assertNever } from '#shared/assert-never.ts'
import { cutText } from '#shared/cut-text.ts'
import type { Fact } from './state.ts'

/** What waits for a person holds no process, so it is nobody's; whoever lets it go on takes it. */
const NOBODYS = { owner_id: null, lease_expires_at: null } satisfies ExecutionChange

/** What a fact changes of the execution's row. */
export function columnsOf(fact: Fact, row: ExecutionRow, now: Date): ExecutionChange {
  switch (fact.type) {
    case 'started':
      return { status: 'running', started_at: now, failure_kind: null, error_message: null }
    case 'resumed':
      return {
        status: 'running',
        started_at: row.started_at ?? now,
        max_iterations: fact.maxIterations,
        paused_at: null,
        completed_at: null,
        failure_kind: null,
        error_message: null,
        result_summary: null,
        cancel_requested_at: null,
      }
    case 'step_started':
      return { current_phase: fact.phase, activity_line: null }
    case 'step_finished':
      return {}
    case 'questions_asked':
      return { status: 'awaiting_clarification', ...NOBODYS }
    case 'questions_answered':
    case 'gate_passed':
    case 'plan_returned':
    case 'permission_settled':
      return { status: 'running' }
    case 'gate_reached': {
      const activity_line = cutText(fact.question, 300) // why it waits
      return { status: 'awaiting_approval', current_phase: 'gate', activity_line, ...NOBODYS }
    }
    case 'permission_asked':
      return { status: 'awaiting_approval' }
    case 'paused':
      return { status: 'paused', paused_at: now, ...NOBODYS }
    case 'completed':
    case 'blocked':
    case 'failed':
    case 'cancelled':
    case 'interrupted':
      return endColumns(fact, now)
    case 'merge_reverted':
    case 'restored':
      return { resolution: 'none' }
    case 'merged':
    case 'discarded':
      return { resolution: fact.type }
    default:
      return assertNever(fact)
  }
}

type End = Extract<Fact, { type: 'completed' | 'blocked' | 'failed' | 'cancelled' | 'interrupted' }>

function endColumns(fact: End, now: Date): ExecutionChange {
  const over = { status: fact.type, completed_at: now }
  switch (fact.type) {
    case 'completed': {
      const clear = { current_phase: null, failure_kind: null, error_message: null }
      return { ...over, ...clear, result_summary: fact.message }
    }
    case 'blocked':
      return { ...over, current_phase: null, failure_kind: fact.kind, error_message: fact.message }
    case 'failed':
      return { ...over, failure_kind: fact.kind, error_message: fact.message }
    case 'cancelled':
      return {
        ...over,
        error_message: fact.message ?? 'Cancelled. The work so far is kept on the branch.',
      }
    case 'interrupted':
      return { ...over, error_message: fact.message }
    default:
      return assertNever(fact)
  }
}

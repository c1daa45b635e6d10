import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { Fact } from './state.ts'

/** What the execution's own log says of a fact. */
export function linesOf(fact: Fact): ExecutionEventBody[] {
  switch (fact.type) {
    case 'started':
      return [{ type: 'status', status: 'running', message: null }]
    case 'resumed':
      return [{ type: 'status', status: 'running', message: fact.message }]
    case 'questions_asked': {
      const questions = fact.count === 1 ? '1 question' : `${fact.count} questions`
      const message = `The card is not clear enough: the agents have ${questions}.`
      return [{ type: 'status', status: 'awaiting_clarification', message }]
    }
    case 'questions_answered': {
      const message = fact.skipped ? 'The questions were skipped.' : 'The questions were answered.'
      return [{ type: 'status', status: 'running', message }]
    }
    case 'gate_reached':
      return [{ type: 'status', status: 'awaiting_approval', message: fact.question }]
    case 'plan_returned':
      return [{ type: 'status', status: 'running', message: 'A person asked for another plan.' }]
    case 'gate_passed':
      return [{ type: 'status', status: 'running', message: 'A person let it go on.' }]
    case 'permission_asked':
      return [{ type: 'status', status: 'awaiting_approval', message: 'Waiting for a person.' }]
    case 'permission_settled':
      return [{ type: 'status', status: 'running', message: 'The agents go on.' }]
    case 'paused':
      return [
        { type: 'status', status: 'paused', message: 'Paused. Resume goes on after the last finished step.' },
      ]
    case 'completed':
      return [{ type: 'status', status: fact.type, message: fact.by_verdict ? null : fact.message }]
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return [{ type: 'status', status: fact.type, message: fact.message }]
    case 'interrupted':
      return [{ type: 'status', status: fact.type, message: null }]
    case 'merged':
      return [{ type: 'notice', level: 'info', text: 'Merged into the base branch.' }]
    case 'merge_reverted': {
      const text = 'The merge was reverted. The work waits again, to be mended or merged once more.'
      return [{ type: 'notice', level: 'info', text }]
    }
    case 'discarded':
      return [
        {
          type: 'notice',
          level: 'info',
          text: 'Discarded. The work is kept in a hidden ref of the repository.',
        },
      ]
    case 'restored': {
      const text = 'Brought back. The work waits again, to be changed, merged or discarded.'
      return [{ type: 'notice', level: 'info', text }]
    }
    default:
      return []
  }
}

import type { ExecutionRow } from '#db/queries/executions.ts'
import type { NewActivity } from '#db/queries/outbox.ts'
import { type Actor, SYSTEM } from '#shared/actor.ts'
import type { Board } from '#shared/board.ts'
import { providerName } from '#shared/provider.ts'
import type { Task } from '#shared/task.ts'
import { cardActivity } from '../services/task-activity.ts'
import type { Command } from './decide.ts'
import type { Fact } from './state.ts'

/** What tells who acts for an execution, and what its lines say. */
export type Attributed = Pick<
  ExecutionRow,
  'id' | 'provider' | 'workflow_type' | 'files_changed' | 'base_branch' | 'cancel_requested_at' | 'paused_at'
>

/** Who makes what follows from a command: the agents their own work, the app what it finds; else the person. */
export function actorOf(command: Command, row: Attributed, person: Actor): Actor {
  switch (command.type) {
    case 'resume':
    case 'merge':
    case 'revert_merge':
    case 'discard':
    case 'restore':
    case 'approve':
    case 'request_changes':
    case 'answer_questions':
    case 'answer_gate':
      return person
    case 'pause':
      // Asked for before, by somebody elsewhere: that was told then.
      return row.paused_at ? SYSTEM : person
    case 'interrupt':
      return SYSTEM
    case 'cancel':
      // Asked for before, by somebody elsewhere: that was told then.
      return row.cancel_requested_at ? agentOf(row) : person
    default:
      return agentOf(row)
  }
}

function agentOf({ provider }: Attributed): Actor {
  return { type: 'agent', id: provider, name: providerName(provider) }
}

/** Whether the feed has a line for a fact. */
export function isTold(row: Attributed, fact: Fact): boolean {
  return lineOf(row, fact) !== null
}

/** The line of the feed that tells of a fact; none for what only the execution's own log tells. */
export function factActivity(
  board: Pick<Board, 'key'>,
  card: Pick<Task, 'id' | 'number' | 'title'>,
  row: Attributed,
  fact: Fact,
): NewActivity[] {
  const line = lineOf(row, fact)
  if (!line) return []
  return [{ ...cardActivity(board, card, line.type, line.sentence), task_execution_id: row.id }]
}

function lineOf(
  row: Attributed,
  fact: Fact,
): { type: NewActivity['event_type']; sentence: (card: string) => string } | null {
  switch (fact.type) {
    case 'started':
      return { type: 'agent_started', sentence: (card) => `started work on ${card}` }
    case 'resumed':
      return { type: 'agent_resumed', sentence: (card) => `${fact.did} ${card}` }
    case 'questions_asked':
      return { type: 'workflow_blocked', sentence: (card) => `has questions about ${card}` }
    case 'questions_answered':
      return {
        type: 'agent_resumed',
        sentence: (card) => `${fact.skipped ? 'skipped' : 'answered'} the questions about ${card}`,
      }
    case 'gate_reached':
      return { type: 'workflow_blocked', sentence: (card) => `waits for a decision on ${card}` }
    case 'gate_passed':
    case 'plan_returned':
      return { type: 'agent_resumed', sentence: (card) => `let the agents go on with ${card}` }
    case 'paused':
      return { type: 'agent_interrupted', sentence: (card) => `paused the agents on ${card}` }
    case 'completed':
      if (fact.by_person) return { type: 'workflow_complete', sentence: (card) => `approved ${card}` }
      return {
        type: 'workflow_complete',
        sentence: (card) => {
          if (row.workflow_type === 'architecture_only') return `finished the plan for ${card}`
          const what = row.files_changed === 0 ? 'no changes' : 'ready for review'
          return `finished work on ${card}: ${what}`
        },
      }
    case 'blocked': {
      const did = fact.kind === 'budget' ? 'was stopped by the budget on' : 'needs help with'
      return { type: 'workflow_blocked', sentence: (card) => `${did} ${card}: ${fact.message}` }
    }
    case 'failed':
      return { type: 'workflow_failed', sentence: (card) => `failed on ${card}: ${fact.message}` }
    case 'cancelled':
      return {
        type: 'agent_cancelled',
        sentence: (card) =>
          row.cancel_requested_at ? `stopped work on ${card}, as asked` : `cancelled the agents on ${card}`,
      }
    case 'interrupted':
      return {
        type: 'agent_interrupted',
        sentence: (card) => `found that the agents on ${card} were interrupted`,
      }
    case 'merged':
      return {
        type: 'merged',
        sentence: (card) => (row.base_branch ? `merged ${card} into ${row.base_branch}` : `merged ${card}`),
      }
    case 'merge_reverted':
      return {
        type: 'merge_reverted',
        sentence: (card) =>
          row.base_branch ? `took ${card} out of ${row.base_branch} again` : `reverted the merge of ${card}`,
      }
    case 'discarded':
      return { type: 'discarded', sentence: (card) => `discarded the result of ${card}` }
    case 'restored':
      return { type: 'restored', sentence: (card) => `brought the discarded result of ${card} back` }
    default:
      return null
  }
}

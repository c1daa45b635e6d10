import { assertNever } from '#shared/assert-never.ts'
import type { BoardMessage } from '#shared/board-event.ts'
import { toTaskCard } from '#shared/task.ts'
import type { BoardState } from './board-state.ts'
import { withCards } from './change-cards.ts'
import { withColumn, withoutColumn } from './change-columns.ts'
import { withExecution } from './change-executions.ts'
import { replaced, withLabel, withLink, withoutLabel, withRestoredLabel } from './change-nouns.ts'

export interface BoardLine {
  id: string
  data: BoardMessage
}

type TaskMessage = Extract<BoardMessage, { type: `task_${string}` }>

/**
 * The state after events, in order. Events that are in the state already change nothing; `snapshot_needed` only moves
 * the cursor, for the board has to be read anew. What happens to cards one after the other is placed at once.
 */
export function applyEvents(state: BoardState, lines: readonly BoardLine[]): BoardState {
  let next = state
  let last = state.lastEventId
  let waiting: TaskMessage[] = []
  for (const { id, data } of lines) {
    if (data.type !== 'snapshot_needed' && BigInt(id) <= BigInt(last)) continue
    last = id
    if (isOfTask(data)) waiting.push(data)
    else {
      next = applyMessage(applyToCards(next, waiting), data)
      waiting = []
    }
  }
  return last === state.lastEventId ? state : { ...applyToCards(next, waiting), lastEventId: last }
}

function isOfTask(message: BoardMessage): message is TaskMessage {
  return message.type.startsWith('task_')
}

function applyToCards(state: BoardState, messages: readonly TaskMessage[]): BoardState {
  if (messages.length === 0) return state
  return withCards(
    state,
    messages.map((message) => {
      const { type, data } = message
      if (type === 'task_deleted' || type === 'task_archived') return { gone: data.id }
      return { card: toTaskCard(data), isNew: type === 'task_created' }
    }),
  )
}

function applyMessage(state: BoardState, message: Exclude<BoardMessage, TaskMessage>): BoardState {
  switch (message.type) {
    case 'column_created':
    case 'column_updated':
      return withColumn(state, message.data)
    case 'column_deleted':
      return withoutColumn(state, message.data.id)
    case 'board_created':
    case 'board_updated':
      return { ...state, board: message.data, isDeleted: false }
    case 'board_deleted':
      return { ...state, isDeleted: true }
    case 'execution_created':
    case 'execution_updated':
      return withExecution(state, message.data)
    case 'label_created':
    case 'label_updated':
      return withLabel(state, message.data)
    case 'label_deleted':
      return withoutLabel(state, message.data.id)
    case 'label_restored':
      return withRestoredLabel(state, message.data.label, message.data.task_ids)
    case 'link_created':
      return withLink(state, message.data)
    case 'link_deleted':
      return { ...state, links: state.links.filter((link) => link.id !== message.data.id) }
    case 'transitions_updated':
      return { ...state, transitions: message.data.transitions }
    case 'view_created':
    case 'view_updated':
      return { ...state, views: replaced(state.views, message.data) }
    case 'view_deleted':
      return { ...state, views: state.views.filter((view) => view.id !== message.data.id) }
    // Of a single card, for those who show it: see onBoardMessages.
    case 'comment_created':
    case 'comment_updated':
    case 'comment_deleted':
    case 'attachment_created':
    case 'attachment_deleted':
    // For the inbox and the settings, which read them by themselves.
    case 'approval_updated':
    case 'policies_updated':
    case 'snapshot_needed':
      return state
    default:
      return assertNever(message)
  }
}

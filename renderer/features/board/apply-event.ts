import { assertNever } from '#shared/assert-never.ts'
import type { BoardMessage } from '#shared/board-event.ts'
import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import type { BoardState, PendingMove } from './board-state.ts'

export interface BoardLine {
  id: string
  data: BoardMessage
}

/**
 * The state after events, in order. Events that are in the state already change nothing; `snapshot_needed` only moves
 * the cursor, for the board has to be read anew.
 */
export function applyEvents(state: BoardState, lines: readonly BoardLine[]): BoardState {
  let next = state
  for (const { id, data } of lines) {
    if (data.type !== 'snapshot_needed' && BigInt(id) <= BigInt(next.lastEventId)) continue
    next = { ...applyMessage(next, data), lastEventId: id }
  }
  return next
}

function applyMessage(state: BoardState, message: BoardMessage): BoardState {
  switch (message.type) {
    case 'task_created':
    case 'task_updated':
    case 'task_moved':
      return withTask(state, message.data)
    case 'task_deleted':
    case 'task_archived':
      return withoutTask(state, message.data.id)
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
    case 'snapshot_needed':
      return state
    // Of nouns that this state does not hold yet.
    case 'label_created':
    case 'label_updated':
    case 'label_deleted':
    case 'label_restored':
    case 'link_created':
    case 'link_deleted':
    case 'transitions_updated':
    case 'comment_created':
    case 'comment_updated':
    case 'comment_deleted':
    case 'attachment_created':
    case 'attachment_deleted':
    case 'view_created':
    case 'view_updated':
    case 'view_deleted':
      return state
    default:
      return assertNever(message)
  }
}

/** The state with a card as the app tells it; an older version than the known one changes nothing. */
export function withTask(state: BoardState, task: Task): BoardState {
  const known = state.tasks.get(task.id)
  if (known && isOlder(task, known)) return state
  return { ...state, tasks: new Map(state.tasks).set(task.id, task) }
}

function isOlder(task: Task, known: Task): boolean {
  if (task.version !== known.version) return task.version < known.version
  return task.updated_at.getTime() < known.updated_at.getTime()
}

export function withoutTask(state: BoardState, id: TaskId): BoardState {
  if (!state.tasks.has(id)) return state
  const tasks = new Map(state.tasks)
  tasks.delete(id)
  return { ...state, tasks }
}

/** The state with a column as the app tells it, if that is not older than the known one. */
export function withColumn(state: BoardState, column: Column): BoardState {
  const known = state.columns.find((one) => one.id === column.id)
  if (!known) return { ...state, columns: [...state.columns, column] }
  if (column.updated_at.getTime() < known.updated_at.getTime()) return state
  return { ...state, columns: state.columns.map((one) => (one.id === column.id ? column : one)) }
}

/** The state without a column and its cards. */
export function withoutColumn(state: BoardState, id: ColumnId): BoardState {
  if (!state.columns.some((column) => column.id === id)) return state
  return {
    ...state,
    columns: state.columns.filter((column) => column.id !== id),
    tasks: new Map([...state.tasks].filter(([, task]) => task.column_id !== id)),
  }
}

/** The state with an execution, if it is the latest of its task and not older than what is known of it. */
export function withExecution(state: BoardState, execution: ExecutionSummary): BoardState {
  const known = state.executions.get(execution.task_id)
  if (known) {
    const isSame = known.id === execution.id
    // An earlier run that was resumed is the card's again.
    const isCurrent = state.tasks.get(execution.task_id)?.current_execution_id === execution.id
    const [now, before] = isSame
      ? [execution.updated_at, known.updated_at]
      : [execution.created_at, known.created_at]
    if (now.getTime() < before.getTime() && (isSame || !isCurrent)) return state
  }
  return { ...state, executions: new Map(state.executions).set(execution.task_id, execution) }
}

/** A card at the place where the person has dropped it, until the app answers. */
export function withMove(state: BoardState, id: TaskId, move: PendingMove): BoardState {
  return { ...state, moves: new Map(state.moves).set(id, move) }
}

/** The app has answered a move, or refused it: its own place counts again, unless a later move is under way. */
export function withoutMove(state: BoardState, id: TaskId, token: number): BoardState {
  if (state.moves.get(id)?.token !== token) return state
  const moves = new Map(state.moves)
  moves.delete(id)
  return { ...state, moves }
}

export function withColumnMove(state: BoardState, id: ColumnId, order: number): BoardState {
  return { ...state, columnMoves: new Map(state.columnMoves).set(id, order) }
}

export function withoutColumnMove(state: BoardState, id: ColumnId, order: number): BoardState {
  if (state.columnMoves.get(id) !== order) return state
  const columnMoves = new Map(state.columnMoves)
  columnMoves.delete(id)
  return { ...state, columnMoves }
}

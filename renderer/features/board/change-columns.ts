import type { Column } from '#shared/column.ts'
import type { ColumnId } from '#shared/ids.ts'
import type { BoardState } from './board-state.ts'
import { placeCards } from './cards-by-column.ts'

/** The state with a column as the app tells it, if that is not older than the known one. */
export function withColumn(state: BoardState, column: Column): BoardState {
  const known = state.columns.find((one) => one.id === column.id)
  if (!known) {
    const columns = [...state.columns, column]
    const loading = state.loading && { ...state.loading, gone: without(state.loading.gone, column.id) }
    return { ...state, columns, loading, cards: placeCards({ ...state, columns }) }
  }
  if (column.updated_at.getTime() < known.updated_at.getTime()) return state
  return { ...state, columns: state.columns.map((one) => (one.id === column.id ? column : one)) }
}

/** The state without a column and its cards. */
export function withoutColumn(state: BoardState, id: ColumnId): BoardState {
  if (!state.columns.some((column) => column.id === id)) return state
  const columns = state.columns.filter((column) => column.id !== id)
  const tasks = state.tasks.with(
    [...state.tasks.values()]
      .filter((task) => task.column_id === id)
      .map((task) => [task.id, undefined] as const),
  )
  const loading = state.loading && {
    ...state.loading,
    unknown: new Map([...state.loading.unknown].filter(([columnId]) => columnId !== id)),
    gone: new Set(state.loading.gone).add(id),
  }
  const after = { ...state, columns, tasks, loading }
  return { ...after, cards: placeCards(after) }
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

function without<T>(set: ReadonlySet<T>, value: T): ReadonlySet<T> {
  const next = new Set(set)
  next.delete(value)
  return next
}

import type { Board, BoardDetail } from '#shared/board.ts'
import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import { compareByOrder } from '#shared/order.ts'
import type { Project } from '#shared/project.ts'
import type { Task } from '#shared/task.ts'

/** Where the person has put a card that the app has not answered for yet. */
export interface PendingMove {
  column_id: ColumnId
  order: number
  /** Tells the latest of several moves of one card. */
  token: number
}

/** What the window knows of an open board: the app's truth, and on top of it the person's unanswered moves. */
export interface BoardState {
  board: Board
  project: Project | null
  columns: readonly Column[]
  tasks: ReadonlyMap<TaskId, Task>
  /** The latest execution of each task that has one. */
  executions: ReadonlyMap<TaskId, ExecutionSummary>
  /** All events up to this one are in it. */
  lastEventId: string
  isDeleted: boolean
  /** Differs from one reading of the board to the next; live events continue behind the last one. */
  snapshot: symbol
  moves: ReadonlyMap<TaskId, PendingMove>
  columnMoves: ReadonlyMap<ColumnId, number>
}

/** The state of a board that was just read; moves that are under way stay where the person has put them. */
export function toBoardState(detail: BoardDetail, before?: BoardState): BoardState {
  const { project, columns, tasks, executions, last_event_id, ...board } = detail
  return {
    board,
    project,
    columns,
    tasks: new Map(tasks.map((task) => [task.id, task])),
    executions: new Map(executions.map((execution) => [execution.task_id, execution])),
    lastEventId: last_event_id,
    isDeleted: false,
    snapshot: Symbol('snapshot'),
    moves: before?.moves ?? new Map(),
    columnMoves: before?.columnMoves ?? new Map(),
  }
}

/** Columns in the order in which they are drawn. */
export function columnsInOrder({
  columns,
  columnMoves,
}: Pick<BoardState, 'columns' | 'columnMoves'>): Column[] {
  return columns
    .map((column) => {
      const order = columnMoves.get(column.id)
      return order === undefined ? column : { ...column, order }
    })
    .toSorted(compareByOrder)
}

export type CardsByColumn = ReadonlyMap<ColumnId, readonly Task[]>

/** The cards of each column as drawn. A column in which nothing changed keeps its array, so that it need not redraw. */
export function cardsByColumn(state: BoardState, before: CardsByColumn): CardsByColumn {
  const groups = new Map<ColumnId, Task[]>(state.columns.map((column) => [column.id, []]))
  for (const task of state.tasks.values()) {
    const placed = withPlace(task, state.moves.get(task.id))
    groups.get(placed.column_id)?.push(placed)
  }
  const result = new Map<ColumnId, readonly Task[]>()
  for (const [id, cards] of groups) {
    if (!isSorted(cards)) cards.sort(compareByOrder)
    const old = before.get(id)
    result.set(id, old && isSame(old, cards) ? old : cards)
  }
  return result
}

const placed = new WeakMap<Task, { move: PendingMove; task: Task }>()

/** The card at its pending place; the same object for the same move. */
function withPlace(task: Task, move: PendingMove | undefined): Task {
  if (!move) return task
  const known = placed.get(task)
  if (known?.move === move) return known.task
  const moved = { ...task, column_id: move.column_id, order: move.order }
  placed.set(task, { move, task: moved })
  return moved
}

function isSorted(cards: readonly Task[]): boolean {
  return cards.every((card, index) => {
    const previous = cards[index - 1]
    return !previous || compareByOrder(previous, card) <= 0
  })
}

function isSame(a: readonly Task[], b: readonly Task[]): boolean {
  return a.length === b.length && a.every((card, index) => card === b[index])
}

import type { Board, OpenedBoard } from '#shared/board.ts'
import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ColumnId, LabelId, TaskId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import { compareByOrder } from '#shared/order.ts'
import type { Project } from '#shared/project.ts'
import type { SavedView } from '#shared/saved-view.ts'
import type { TaskCard } from '#shared/task.ts'
import type { TaskLink } from '#shared/task-link.ts'
import type { BoardTransition } from '#shared/transition.ts'
import { PatchMap } from '../../lib/patch-map.ts'
import { type CardsByColumn, placeCards } from './cards-by-column.ts'

/** Where the person has put a card that the app has not answered for yet. */
export interface PendingMove {
  column_id: ColumnId
  order: number
  /** Tells the latest of several moves of one card. */
  token: number
}

/** What is still to be heard of the cards of a board that was just opened. */
export interface LoadingCards {
  /** Cards up to this number have come. */
  after: number
  /** How many cards of each column have not. */
  unknown: ReadonlyMap<ColumnId, number>
  /** Cards and columns that were taken away meanwhile: a page that was under way brings none of them back. */
  gone: ReadonlySet<TaskId | ColumnId>
  /** Cards that are known to be there still, when the board was read anew; null: all that are shown. */
  seen: ReadonlySet<TaskId> | null
}

/** What the window knows of an open board: the app's truth, and on top of it the person's unanswered moves. */
export interface BoardState {
  board: Board
  project: Project | null
  columns: readonly Column[]
  labels: ReadonlyMap<LabelId, Label>
  links: readonly TaskLink[]
  /** None: a card may go from each column to each. */
  transitions: readonly BoardTransition[]
  views: readonly SavedView[]
  /** Without bodies: those are read of the card that is open. */
  tasks: PatchMap<TaskId, TaskCard>
  /** The same cards, each in the column and at the place where it is drawn. */
  cards: CardsByColumn
  /** The latest execution of each task that has one. */
  executions: PatchMap<TaskId, ExecutionSummary>
  /** Null: all cards are known. */
  loading: LoadingCards | null
  /** All events up to this one are in it. */
  lastEventId: string
  isDeleted: boolean
  /** Differs from one reading of the board to the next; live events continue behind the last one. */
  snapshot: symbol
  moves: ReadonlyMap<TaskId, PendingMove>
  columnMoves: ReadonlyMap<ColumnId, number>
  /** It is drawn as it was when the app was quit, until the app tells how it is. */
  isOfLastTime?: boolean
}

/**
 * The state of a board that was just opened. Moves that are under way stay where the person has put them; when it was
 * known before, its cards stay on the screen until it is clear which of them are gone.
 */
export function toBoardState(opened: OpenedBoard, before?: BoardState): BoardState {
  const { project, columns, labels, links, transitions, views, counts, ...rest } = opened
  const { tasks, blockers, executions, last_event_id, ...board } = rest
  const read = [...tasks, ...blockers]
  const known = (before?.tasks ?? PatchMap.of<TaskId, TaskCard>()).with(
    read.filter((card) => !isOlder(card, before?.tasks.get(card.id))).map((card) => [card.id, card] as const),
  )
  const unknown = missingCards(counts, read)
  const state = {
    board,
    project,
    columns,
    labels: new Map(labels.map((label) => [label.id, label])),
    links,
    transitions,
    views,
    tasks: known,
    executions: (before?.executions ?? PatchMap.of<TaskId, ExecutionSummary>()).with(
      executions.map((execution) => [execution.task_id, execution] as const),
    ),
    loading: {
      after: 0,
      unknown: before ? new Map<ColumnId, number>() : unknown,
      gone: new Set<TaskId | ColumnId>(),
      seen: before ? new Set(read.map((card) => card.id)) : null,
    },
    lastEventId: last_event_id,
    isDeleted: false,
    snapshot: Symbol('snapshot'),
    moves: before?.moves ?? new Map<TaskId, PendingMove>(),
    columnMoves: before?.columnMoves ?? new Map<ColumnId, number>(),
  }
  const placed = { ...state, cards: placeCards(state) }
  return unknown.size === 0 ? loadedState(placed) : placed
}

function missingCards(counts: OpenedBoard['counts'], read: readonly TaskCard[]): Map<ColumnId, number> {
  const missing = new Map(counts.map(({ column_id, count }) => [column_id, count]))
  for (const { column_id } of read) missing.set(column_id, (missing.get(column_id) ?? 0) - 1)
  return new Map([...missing].filter(([, count]) => count > 0))
}

/** The state once all cards have come: those that nobody has told of any more are gone. */
export function loadedState(state: BoardState): BoardState {
  const seen = state.loading?.seen
  if (!seen) return { ...state, loading: null }
  const tasks = state.tasks.with(
    [...state.tasks.keys()].filter((id) => !seen.has(id)).map((id) => [id, undefined] as const),
  )
  return { ...state, tasks, loading: null, cards: placeCards({ ...state, tasks }) }
}

/** Whether what is told of a card is behind what is known of it. Counts change without a new version. */
export function isOlder(
  told: Pick<TaskCard, 'version' | 'updated_at'>,
  known: Pick<TaskCard, 'version' | 'updated_at'> | undefined,
): boolean {
  if (!known) return false
  if (told.version !== known.version) return told.version < known.version
  return told.updated_at.getTime() < known.updated_at.getTime()
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

/** How many cards a column holds, those among them that have not come yet. */
export function countIn({ cards, loading }: Pick<BoardState, 'cards' | 'loading'>, id: ColumnId): number {
  return (cards.get(id)?.length ?? 0) + (loading?.unknown.get(id) ?? 0)
}

/** How many cards the board holds. */
export function countAll(state: Pick<BoardState, 'columns' | 'cards' | 'loading'>): number {
  return state.columns.reduce((sum, column) => sum + countIn(state, column.id), 0)
}

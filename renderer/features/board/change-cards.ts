import type { CardPage } from '#shared/board.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import { type Task, type TaskCard, toTaskCard } from '#shared/task.ts'
import { type BoardState, isOlder, type LoadingCards, loadedState, type PendingMove } from './board-state.ts'
import { placeAgain } from './cards-by-column.ts'
import { isOutdated } from './change-executions.ts'

/** What is told of a card: how it is now, or that it is gone from the board. */
export type CardNews = { card: TaskCard; isNew?: boolean } | { gone: TaskId }

/** The state after news of cards, in order; an older version than the known one changes nothing. */
export function withCards(state: BoardState, news: readonly CardNews[]): BoardState {
  const changes = new Map<TaskId, TaskCard | undefined>()
  const knownNow = (id: TaskId) => (changes.has(id) ? changes.get(id) : state.tasks.get(id))
  for (const one of news) {
    if ('gone' in one) changes.set(one.gone, undefined)
    else if (!isOlder(one.card, knownNow(one.card.id))) {
      // What is in the archive is told of, too, but not on the board.
      changes.set(one.card.id, one.card.archived_at ? undefined : one.card)
    }
  }
  const loading = state.loading && stillLoading(state, state.loading, news)
  return placed({ ...state, loading }, changes)
}

function stillLoading(
  { tasks }: BoardState,
  { after, unknown, gone, seen }: LoadingCards,
  news: readonly CardNews[],
): LoadingCards {
  const next = { after, unknown: new Map(unknown), gone: new Set(gone), seen: seen && new Set(seen) }
  for (const one of news) {
    if ('gone' in one) next.gone.add(one.gone)
    else {
      next.gone.delete(one.card.id)
      next.seen?.add(one.card.id)
      const isFirstHeard = !one.isNew && !tasks.has(one.card.id)
      if (isFirstHeard) oneLess(next.unknown, one.card.column_id)
    }
  }
  return next
}

function oneLess(counts: Map<ColumnId, number>, id: ColumnId): void {
  const count = counts.get(id)
  if (count !== undefined) counts.set(id, Math.max(0, count - 1))
}

/** The state with one more page of its cards; with the last one all are known. */
export function withPage(state: BoardState, { tasks, executions, next }: CardPage): BoardState {
  if (!state.loading) return state
  const { gone, unknown } = state.loading
  const coming = tasks.filter((card) => !gone.has(card.id) && !gone.has(card.column_id))
  const counts = new Map(unknown)
  for (const card of coming) if (!state.tasks.has(card.id)) oneLess(counts, card.column_id)
  const loading = {
    ...state.loading,
    after: next ?? state.loading.after,
    unknown: counts,
    seen: state.loading.seen && new Set([...state.loading.seen, ...coming.map(({ id }) => id)]),
  }
  const current = executions.filter((execution) => !isOutdated(state, execution))
  const withRuns = {
    ...state,
    loading,
    executions: state.executions.with(current.map((one) => [one.task_id, one] as const)),
  }
  const changes = coming.filter((card) => !isOlder(card, state.tasks.get(card.id)))
  const filled = placed(withRuns, new Map(changes.map((card) => [card.id, card])))
  return next === null ? loadedState(filled) : filled
}

/** The state with cards whose version stays; undefined leaves one as it is. */
export function withSameCards(
  state: BoardState,
  ids: Iterable<TaskId>,
  change: (card: TaskCard) => TaskCard | undefined,
): BoardState {
  const changes = new Map<TaskId, TaskCard>()
  for (const id of ids) {
    const card = state.tasks.get(id)
    const next = card && change(card)
    if (next) changes.set(id, next)
  }
  return placed(state, changes)
}

function placed(state: BoardState, changes: ReadonlyMap<TaskId, TaskCard | undefined>): BoardState {
  if (changes.size === 0) return state
  const after = { ...state, tasks: state.tasks.with(changes) }
  return { ...after, cards: placeAgain(state, after, new Set(changes.keys())) }
}

/** The state with a card as the app tells it. */
export function withTask(state: BoardState, task: Task): BoardState {
  return withCards(state, [{ card: toTaskCard(task) }])
}

export function withoutTask(state: BoardState, id: TaskId): BoardState {
  return withCards(state, [{ gone: id }])
}

/** A card at the place where the person has dropped it, until the app answers. */
export function withMove(state: BoardState, id: TaskId, move: PendingMove): BoardState {
  return withMoves(state, new Map(state.moves).set(id, move), id)
}

/** The app has answered a move, or refused it: its own place counts again, unless a later move is under way. */
export function withoutMove(state: BoardState, id: TaskId, token: number): BoardState {
  if (state.moves.get(id)?.token !== token) return state
  const moves = new Map(state.moves)
  moves.delete(id)
  return withMoves(state, moves, id)
}

function withMoves(state: BoardState, moves: BoardState['moves'], id: TaskId): BoardState {
  const after = { ...state, moves }
  return { ...after, cards: placeAgain(state, after, new Set([id])) }
}

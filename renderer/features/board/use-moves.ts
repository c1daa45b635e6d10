import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import { calculateOrder, SMALLEST_GAP } from '#shared/order.ts'
import type { Task, TaskCard } from '#shared/task.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { noteUnderWay } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'
import type { BoardState, PendingMove } from './board-state.ts'
import { withMove, withoutMove, withoutTask, withTask } from './change-cards.ts'
import { withColumn, withColumnMove, withoutColumnMove } from './change-columns.ts'
import { noteColumnMove } from './note-column.ts'
import { noteMove } from './note-step.ts'
import { type Between, isRoomUnknown, roomBelow } from './room-below.ts'
import { type ActionKit, boardKit } from './use-board-actions.ts'
import { patchTask } from './use-task.ts'

/** `force`: also above the limit of the column. */
type Place = Pick<PendingMove, 'column_id' | 'order'> & { force?: true }

export interface Moves {
  /** Between two others of a column; right below the upper one, while cards that may lie between them are coming. */
  placeBetween: (card: TaskCard, columnId: ColumnId, between: Between) => void
  moveToEnd: (id: TaskId, columnId: ColumnId) => void
  moveColumn: (id: ColumnId, order: number) => void
}

type Seen = Pick<Task, 'id' | 'title' | 'version' | 'column_id' | 'order'>

let lastToken = 0

/** Moves that show at once and are taken back, with the reason, when the app refuses them. */
export function useMoves(boardId: BoardId): Moves {
  const cache = useQueryClient()
  return useMemo(() => createMoves(cache, boardId), [cache, boardId])
}

function createMoves(cache: QueryClient, boardId: BoardId): Moves {
  // A second move of a card waits for the answer to the first: only then is the card's version known.
  const underWay = new Map<TaskId, Promise<boolean>>()
  const kit = boardKit(cache, boardId)
  const { read, patch } = kit

  /** False: it was refused, which the person has been told. */
  async function send(id: TaskId, to: Place, token: number, seen: Seen | undefined): Promise<boolean> {
    const known = seen ?? read()?.tasks.get(id)
    if (!known) {
      patch((state) => withoutMove(state, id, token))
      return true
    }
    try {
      const task = await api.tasks.move.mutate({ id, ...to, version: known.version })
      patch((state) => withoutMove(withTask(state, task), id, token))
      patchTask(cache, task)
      noteMove(kit, known, task)
      return true
    } catch (error) {
      return refused(error, known, to, token)
    }
  }

  async function refused(error: unknown, known: Seen, to: Place, token: number): Promise<boolean> {
    const { id } = known
    const truth = await readTask(id)
    const isConflict = errorFacts(error).reason === 'VERSION_CONFLICT' && truth !== 'gone'
    if (isConflict && truth && isStillWanted(known, to, truth, read())) return send(id, to, token, truth)
    patch((state) => settled(state, id, token, truth))
    if (truth && truth !== 'gone') patchTask(cache, truth)
    if (isConflict && truth) {
      tellWhereItIs(truth, read(), () => moveTask(id, to))
      return false
    }
    const isFull = errorFacts(error).reason === 'WIP_LIMIT_EXCEEDED'
    showToast({
      tone: 'bad',
      title: texts.boardMoves.notMoved(known.title),
      text: errorText(error),
      ...(isFull && {
        action: { label: texts.boardMoves.moveAnyway, run: () => moveTask(id, { ...to, force: true }) },
      }),
    })
    return false
  }

  function show(id: TaskId, { column_id, order }: Place): number {
    lastToken += 1
    const token = lastToken
    patch((state) => withMove(state, id, { column_id, order, token }))
    return token
  }

  /** `seen` is the card as the mover saw it, where that may be older than what the window knows. */
  function moveTask(id: TaskId, to: Place, seen?: Seen): void {
    const token = show(id, to)
    const before = underWay.get(id)
    // After an own move, what was seen is what that one makes of it.
    const done = before ? before.then(() => send(id, to, token, undefined)) : send(id, to, token, seen)
    underWay.set(id, noteUnderWay(boardId, done))
    void done.finally(() => {
      if (underWay.get(id) === done) underWay.delete(id)
    })
  }

  async function placeBelow(card: TaskCard, column_id: ColumnId, previous: number): Promise<void> {
    const token = show(card.id, { column_id, order: previous + SMALLEST_GAP / 2 })
    const all = await kit.readAll()
    const now = read()
    if (now && now.moves.get(card.id)?.token !== token) return // it was moved again meanwhile
    const order = calculateOrder(...roomBelow(all, column_id, previous, new Set([card.id])))
    moveTask(card.id, { column_id, order }, card)
  }

  return {
    placeBetween(card, columnId, between) {
      const [previous] = between
      if (previous === null || !isRoomUnknown(read(), columnId, between)) {
        moveTask(card.id, { column_id: columnId, order: calculateOrder(...between) }, card)
      } else void noteUnderWay(boardId, placeBelow(card, columnId, previous))
    },
    moveToEnd(id, columnId) {
      // While cards are still coming, nobody knows which is the last.
      const moved = kit.readAll().then((state) => {
        const last = state?.cards.get(columnId)?.at(-1)
        moveTask(id, { column_id: columnId, order: calculateOrder(last?.order ?? null, null) })
      })
      void noteUnderWay(boardId, moved)
    },
    moveColumn: (id, order) => moveColumn(kit, id, order),
  }
}

function moveColumn(kit: ActionKit, id: ColumnId, order: number): void {
  const { read, patch } = kit
  const before = read()?.columns.find((column) => column.id === id)
  patch((state) => withColumnMove(state, id, order))
  void api.columns.move.mutate({ id, order }).then(
    (column) => {
      patch((state) => withoutColumnMove(withColumn(state, column), id, order))
      if (before) noteColumnMove(kit, before, column)
    },
    (error: unknown) => {
      patch((state) => withoutColumnMove(state, id, order))
      showToast({ tone: 'bad', title: texts.boardMoves.columnNotMoved, text: errorText(error) })
    },
  )
}

async function readTask(id: TaskId): Promise<Task | 'gone' | null> {
  try {
    return await api.tasks.get.query({ id })
  } catch (error) {
    return errorFacts(error).code === 'NOT_FOUND' ? 'gone' : null
  }
}

/** The board without the move, and with what is known of the card now. */
function settled(state: BoardState, id: TaskId, token: number, truth: Task | 'gone' | null): BoardState {
  const without = withoutMove(state, id, token)
  if (truth === 'gone') return withoutTask(without, id)
  return truth ? withTask(without, truth) : without
}

/**
 * Whether a move stands although the card has a newer version: others have changed what it says, not where it lies. A
 * move that starts agents does not: they would work on words that the mover has not seen.
 */
function isStillWanted(known: Seen, to: Place, truth: Task, state: BoardState | undefined): boolean {
  const isUnmoved = truth.column_id === known.column_id && truth.order === known.order
  const target = state?.columns.find((column) => column.id === to.column_id)
  return isUnmoved && !(target?.triggers_agents && target.id !== known.column_id)
}

function tellWhereItIs(card: Task, state: BoardState | undefined, moveAnyway: () => void): void {
  const column = state?.columns.find((one) => one.id === card.column_id)
  showToast({
    tone: 'bad',
    title: texts.boardMoves.notMoved(card.title),
    text: texts.boardMoves.somebodyChangedFirst(column?.name),
    action: { label: texts.boardMoves.moveAnyway, run: moveAnyway },
  })
}

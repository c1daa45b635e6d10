import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { errorFacts, errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import {
  withColumn,
  withColumnMove,
  withMove,
  withoutColumnMove,
  withoutMove,
  withoutTask,
  withTask,
} from './apply-event.ts'
import type { BoardState } from './board-state.ts'
import { patchBoard } from './use-board.ts'

export interface Moves {
  moveTask: (id: TaskId, to: { column_id: ColumnId; order: number }) => void
  moveColumn: (id: ColumnId, order: number) => void
}

let lastToken = 0

/** Moves that show at once and are taken back, with the reason, when the app refuses them. */
export function useMoves(boardId: BoardId): Moves {
  const cache = useQueryClient()
  return useMemo(() => createMoves(cache, boardId), [cache, boardId])
}

function createMoves(cache: QueryClient, boardId: BoardId): Moves {
  // A second move of a card waits for the answer to the first: only then is the card's version known.
  const underWay = new Map<TaskId, Promise<void>>()
  const read = () => cache.getQueryData<BoardState>(keys.board(boardId))
  const patch = (change: (state: BoardState) => BoardState) => patchBoard(cache, boardId, change)

  async function send(id: TaskId, to: { column_id: ColumnId; order: number }, token: number): Promise<void> {
    const known = read()?.tasks.get(id)
    if (!known) return patch((state) => withoutMove(state, id, token))
    try {
      const task = await api.tasks.move.mutate({ id, ...to, version: known.version })
      patch((state) => withoutMove(withTask(state, task), id, token))
    } catch (error) {
      const truth = await readTask(id)
      patch((state) => {
        const settled = withoutMove(state, id, token)
        if (truth === 'gone') return withoutTask(settled, id)
        return truth ? withTask(settled, truth) : settled
      })
      tellRefused(known, error, truth, read())
    }
  }

  return {
    moveTask(id, to) {
      lastToken += 1
      const token = lastToken
      patch((state) => withMove(state, id, { ...to, token }))
      const before = underWay.get(id) ?? Promise.resolve()
      const done = before.then(() => send(id, to, token))
      underWay.set(id, done)
      void done.finally(() => {
        if (underWay.get(id) === done) underWay.delete(id)
      })
    },
    moveColumn(id, order) {
      patch((state) => withColumnMove(state, id, order))
      void api.columns.move.mutate({ id, order }).then(
        (column) => patch((state) => withoutColumnMove(withColumn(state, column), id, order)),
        (error: unknown) => {
          patch((state) => withoutColumnMove(state, id, order))
          showToast({ tone: 'bad', title: 'The column was not moved', text: errorText(error) })
        },
      )
    },
  }
}

async function readTask(id: TaskId): Promise<Task | 'gone' | null> {
  try {
    return await api.tasks.get.query({ id })
  } catch (error) {
    return errorFacts(error).code === 'NOT_FOUND' ? 'gone' : null
  }
}

function tellRefused(
  card: Task,
  error: unknown,
  truth: Task | 'gone' | null,
  state: BoardState | undefined,
): void {
  const title = `“${card.title}” was not moved`
  if (errorFacts(error).reason !== 'VERSION_CONFLICT' || truth === 'gone' || truth === null) {
    showToast({ tone: 'bad', title, text: errorText(error) })
    return
  }
  const column = state?.columns.find((one) => one.id === truth.column_id)
  showToast({
    tone: 'bad',
    title,
    text: `Somebody changed it first, and their change won: it is in ${column?.name ?? 'another column'}. Move it again if you still want to.`,
  })
}

import { type QueryClient, useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { UpdateBoard } from '#shared/board.ts'
import type { BoardId, TaskId } from '#shared/ids.ts'
import { type Task, toTaskCard } from '#shared/task.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { holdWindow } from '../../lib/window-work.ts'
import { showToast } from '../../ui/toast.tsx'
import { type BoardState, isOlder } from './board-state.ts'
import { bulkActions } from './bulk-actions.ts'
import { withCards, withTask } from './change-cards.ts'
import { columnActions } from './column-actions.ts'
import { noteBoardEdit } from './note-board.ts'
import { taskActions } from './task-actions.ts'
import { patchBoard, readBoardNow, readWholeBoard } from './use-board.ts'
import { patchTask } from './use-task.ts'

/** What single actions are made of. */
export interface ActionKit {
  boardId: BoardId
  /** What the window knows of the board now. */
  read: () => BoardState | undefined
  /** The board as it is now, also when it is not on the screen any more. */
  readNow: () => Promise<BoardState>
  /** The board with all its cards, after those that are still coming; undefined: the window knows nothing of it. */
  readAll: () => Promise<BoardState | undefined>
  /** A card with its bodies, where the window has them, at least as new as what the board shows. */
  readWhole: (id: TaskId) => Task | undefined
  /** Puts a card as the app answers it into all that shows it. */
  tell: (task: Task) => void
  /** The same for several cards at once, and for those that have left the board. */
  tellAll: (tasks: readonly Task[], gone: readonly TaskId[]) => void
  /** Puts an answer into what the window shows. */
  patch: (change: (state: BoardState) => BoardState) => void
  /** Whether it was done; when it was refused, a toast under `failed` says why. */
  attempt: (failed: string, act: () => Promise<void>) => Promise<boolean>
}

export type BoardActions = ReturnType<typeof useBoardActions>

/** What a person can do on a board, but for moving. Each shows its result at once and tells when it was refused. */
export function useBoardActions(boardId: BoardId) {
  const cache = useQueryClient()
  return useMemo(() => {
    const kit = boardKit(cache, boardId)
    return {
      ...taskActions(kit),
      ...columnActions(kit),
      bulk: bulkActions(kit),
      updateBoard: (input: Omit<UpdateBoard, 'id'>) =>
        attempt(texts.board.boardNotChanged, async () => {
          const before = kit.read()?.board
          const board = await api.boards.update.mutate({ id: boardId, ...input })
          kit.patch((state) => ({ ...state, board }))
          if (before) noteBoardEdit(kit, before, board)
        }),
    }
  }, [cache, boardId])
}

/** What the actions on a board of this window are made of. */
export function boardKit(cache: QueryClient, boardId: BoardId): ActionKit {
  const kit: ActionKit = {
    boardId,
    read: () => cache.getQueryData<BoardState>(keys.board(boardId)),
    readNow: () => readBoardNow(cache, boardId),
    readAll: () => readWholeBoard(cache, boardId),
    readWhole: (id) => {
      const whole = cache.getQueryData<Task>(keys.task(id))
      return whole && isOlder(whole, kit.read()?.tasks.get(id)) ? undefined : whole
    },
    tell: (task) => {
      kit.patch((state) => withTask(state, task))
      patchTask(cache, task)
    },
    tellAll: (tasks, gone) => {
      const news = [...tasks.map((task) => ({ card: toTaskCard(task) })), ...gone.map((id) => ({ gone: id }))]
      kit.patch((state) => withCards(state, news))
      for (const task of tasks) patchTask(cache, task)
    },
    patch: (change) => patchBoard(cache, boardId, change),
    attempt,
  }
  return kit
}

function attempt(failed: string, act: () => Promise<void>): Promise<boolean> {
  return holdWindow(attemptNow(failed, act))
}

async function attemptNow(failed: string, act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    showToast({ tone: 'bad', title: failed, text: errorText(error) })
    return false
  }
}

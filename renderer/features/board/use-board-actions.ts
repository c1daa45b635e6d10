import { useQueryClient } from '@tanstack/react-query'
import { useMemo } from 'react'
import type { UpdateBoard } from '#shared/board.ts'
import type { BoardId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import type { BoardState } from './board-state.ts'
import { columnActions } from './column-actions.ts'
import { taskActions } from './task-actions.ts'
import { patchBoard } from './use-board.ts'

/** What single actions are made of. */
export interface ActionKit {
  boardId: BoardId
  /** What the window knows of the board now. */
  read: () => BoardState | undefined
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
    const kit: ActionKit = {
      boardId,
      read: () => cache.getQueryData<BoardState>(keys.board(boardId)),
      patch: (change) => patchBoard(cache, boardId, change),
      attempt,
    }
    return {
      ...taskActions(kit),
      ...columnActions(kit),
      updateBoard: (input: Omit<UpdateBoard, 'id'>) =>
        attempt('The board was not changed', async () => {
          const board = await api.boards.update.mutate({ id: boardId, ...input })
          kit.patch((state) => ({ ...state, board }))
        }),
    }
  }, [cache, boardId])
}

async function attempt(failed: string, act: () => Promise<void>): Promise<boolean> {
  try {
    await act()
    return true
  } catch (error) {
    showToast({ tone: 'bad', title: failed, text: errorText(error) })
    return false
  }
}

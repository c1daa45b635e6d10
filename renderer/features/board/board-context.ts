import { type ComponentType, createContext, useContext } from 'react'
import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { TaskId } from '#shared/ids.ts'
import type { BoardActions } from './use-board-actions.ts'
import type { Moves } from './use-moves.ts'

/** What every column and card of a board needs; the same object until the board itself changes. */
export interface BoardScope {
  boardKey: string
  columns: readonly Column[]
  actions: BoardActions
  moves: Moves
  openTask: (id: TaskId) => void
  moveToEnd: (id: TaskId, column: Column) => void
  /** Draws what an execution is doing now; it belongs to another feature and is handed in by the app. */
  Activity: ComponentType<{ execution: ExecutionSummary }>
}

const Scope = createContext<BoardScope | null>(null)

export const BoardScopeProvider = Scope.Provider

export function useBoardScope(): BoardScope {
  const scope = useContext(Scope)
  if (!scope) throw new Error('This belongs inside a board.')
  return scope
}

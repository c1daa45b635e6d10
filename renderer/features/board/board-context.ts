import { type ComponentType, createContext, useContext } from 'react'
import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { LabelId, TaskId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import type { Person } from '#shared/person.ts'
import type { BoardActions } from './use-board-actions.ts'
import type { Moves } from './use-moves.ts'

/** What every column and card of a board needs; the same object until the board itself changes. */
export interface BoardScope {
  boardKey: string
  columns: readonly Column[]
  labels: ReadonlyMap<LabelId, Label>
  people: readonly Person[]
  /** YYYY-MM-DD, where the person is. */
  today: string
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

import { type ComponentType, createContext, useContext } from 'react'
import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { BoardId, ColumnId, LabelId, TaskId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import type { Person } from '#shared/person.ts'
import type { BoardTransition } from '#shared/transition.ts'
import type { BoardActions } from './use-board-actions.ts'
import type { Moves } from './use-moves.ts'

/** The keys that are held while the mouse is pressed. */
export type Press = Pick<MouseEvent, 'ctrlKey' | 'metaKey' | 'shiftKey'>

/** What every column and card of a board needs; the same object until the board itself changes. */
export interface BoardScope {
  boardId: BoardId
  boardKey: string
  columns: readonly Column[]
  /** None: a card may go from each column to each. */
  transitions: readonly BoardTransition[]
  labels: ReadonlyMap<LabelId, Label>
  people: readonly Person[]
  /** YYYY-MM-DD, where the person is. */
  today: string
  actions: BoardActions
  moves: Moves
  openTask: (id: TaskId) => void
  /** A press on a card that selects it, as against one that opens it. */
  selectCard: (id: TaskId, press: Press) => boolean
  moveToEnd: (id: TaskId, column: Column) => void
  /** Narrows a column to a strip, or opens it again. */
  collapse: (id: ColumnId) => void
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

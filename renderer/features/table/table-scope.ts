import { createContext, useContext } from 'react'
import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { BoardId, ColumnId, LabelId, TaskId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import type { Person } from '#shared/person.ts'
import type { TaskCard } from '#shared/task.ts'
import type { AgentChoice } from '../../lib/use-agents.ts'

/** What the cells of a table need. */
export interface TableScope {
  boardId: BoardId
  boardKey: string
  columns: readonly Column[]
  labels: ReadonlyMap<LabelId, Label>
  people: readonly Person[]
  /** Those that are on this machine. */
  agents: readonly AgentChoice[]
  executions: Pick<ReadonlyMap<TaskId, ExecutionSummary>, 'get'>
  today: string
  openTask: (id: TaskId) => void
  edit: (card: TaskCard, fields: Partial<EditedFields>) => void
  move: (id: TaskId, columnId: ColumnId) => void
}

/** What can be edited in a cell. */
export type EditedFields = Pick<
  TaskCard,
  'title' | 'priority' | 'label_ids' | 'assigned_to' | 'due_date' | 'estimate'
>

const Scope = createContext<TableScope | null>(null)

export const TableScopeProvider = Scope.Provider

export function useTableScope(): TableScope {
  const scope = useContext(Scope)
  if (!scope) throw new Error('This belongs inside a table.')
  return scope
}

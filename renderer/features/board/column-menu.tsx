import { Archive, ArrowLeft, ArrowRight, ChevronsRightLeft, Gauge, Pencil, Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Column, UpdateColumn } from '#shared/column.ts'
import type { WorkflowType } from '#shared/execution.ts'
import type { ColumnId } from '#shared/ids.ts'
import type { Workflow } from '#shared/workflow.ts'
import type { MenuEntry } from '../../ui/menu.tsx'
import { columnOrderAt } from './drop-place.ts'

interface ColumnMenuActions {
  change: (values: Omit<UpdateColumn, 'id'>) => void
  add: () => void
  /** Null: columns are not narrowed here. */
  collapse: (() => void) | null
  /** Puts it one place to the left or to the right; null where it stands at the end already. */
  shift: { left: (() => void) | null; right: (() => void) | null }
  rename: () => void
  limit: () => void
  /** Those that people made, for the ones that a column may start. */
  workflows: readonly Workflow[]
  /** Null: there is nothing to put away. */
  archive: (() => void) | null
  remove: () => void
}

const WORKFLOWS: readonly { value: WorkflowType; label: string; hint: string }[] = [
  { value: 'development', label: 'Starts agents', hint: 'Plan, develop, review, fix' },
  { value: 'quick_development', label: 'Starts agents without a plan', hint: 'Develop, review, fix' },
  { value: 'architecture_only', label: 'Starts the architect only', hint: 'A plan and no changes' },
  { value: 'review_only', label: 'Starts the reviewer only', hint: 'Judges the latest work on the card' },
]

/** All that can be done with a column. */
export function columnMenu(
  column: Column,
  { change, add, collapse, shift, rename, limit, archive, remove, workflows }: ColumnMenuActions,
): MenuEntry[] {
  return [
    { label: 'Add card', icon: <Plus />, onSelect: add },
    { label: 'Rename', icon: <Pencil />, onSelect: rename },
    { label: 'Card limit…', icon: <Gauge />, onSelect: limit },
    ...entryIf('Collapse', <ChevronsRightLeft />, collapse),
    ...entryIf('Move left', <ArrowLeft />, shift.left),
    ...entryIf('Move right', <ArrowRight />, shift.right),
    { kind: 'separator' },
    { kind: 'label', label: 'When a card is dropped here' },
    ...WORKFLOWS.map(({ value, label, hint }) => {
      const isChecked = column.triggers_agents && (column.agent_workflow_type ?? 'development') === value
      return starter(label, hint, isChecked, change, {
        agent_workflow_type: value,
        agent_workflow_id: null,
      })
    }),
    ...workflows
      .filter(({ id, archived_at }) => archived_at === null || id === column.agent_workflow_id)
      .map(({ id, name }) => {
        const isChecked = column.triggers_agents && column.agent_workflow_id === id
        return starter(`Starts “${name}”`, 'A workflow of your own', isChecked, change, {
          agent_workflow_type: 'custom',
          agent_workflow_id: id,
        })
      }),
    { kind: 'separator' },
    { kind: 'label', label: 'This column is for' },
    flag('New cards', column.is_start_column, (on) => change({ is_start_column: on })),
    flag('Work that waits for your review', column.is_review_column, (on) =>
      change({ is_review_column: on }),
    ),
    flag('Work that is done', column.is_end_column, (on) => change({ is_end_column: on })),
    { kind: 'separator' },
    ...entryIf('Archive its cards', <Archive />, archive),
    { label: 'Delete column', icon: <Trash2 />, isDangerous: true, onSelect: remove },
  ]
}

/** Chosen once more, the column starts nothing. */
function starter(
  label: string,
  hint: string,
  isChecked: boolean,
  change: ColumnMenuActions['change'],
  values: Pick<UpdateColumn, 'agent_workflow_type' | 'agent_workflow_id'>,
): MenuEntry {
  const nothing = { triggers_agents: false, agent_workflow_type: null, agent_workflow_id: null }
  return {
    label,
    hint,
    isChecked,
    onSelect: () => change(isChecked ? nothing : { triggers_agents: true, ...values }),
  }
}

function entryIf(label: string, icon: ReactNode, act: (() => void) | null): MenuEntry[] {
  return act ? [{ label, icon, onSelect: act }] : []
}

/** The ways of a column to its neighbours' places. */
export function shiftsOf(
  column: Column,
  columns: readonly Column[],
  move: (id: ColumnId, order: number) => void,
): ColumnMenuActions['shift'] {
  const at = columns.findIndex(({ id }) => id === column.id)
  const to = (index: number) => {
    const order = index < 0 || index > columns.length ? null : columnOrderAt(columns, column.id, index)
    return order === null ? null : () => move(column.id, order)
  }
  return { left: to(at - 1), right: to(at + 2) }
}

function flag(label: string, isOn: boolean, set: (isOn: boolean) => void): MenuEntry {
  return { label, isChecked: isOn, onSelect: () => set(!isOn) }
}

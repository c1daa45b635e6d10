import { Gauge, Pencil, Trash2 } from 'lucide-react'
import type { Column, UpdateColumn } from '#shared/column.ts'
import type { WorkflowType } from '#shared/execution.ts'
import type { MenuEntry } from '../../ui/menu.tsx'

interface ColumnMenuActions {
  change: (values: Omit<UpdateColumn, 'id'>) => void
  rename: () => void
  limit: () => void
  remove: () => void
}

const WORKFLOWS: readonly { value: WorkflowType; label: string; hint: string }[] = [
  { value: 'development', label: 'Starts agents', hint: 'Plan, develop, review, fix' },
  { value: 'quick_development', label: 'Starts agents without a plan', hint: 'Develop, review, fix' },
  { value: 'architecture_only', label: 'Starts the architect only', hint: 'A plan and no changes' },
]

/** All that can be done with a column. */
export function columnMenu(
  column: Column,
  { change, rename, limit, remove }: ColumnMenuActions,
): MenuEntry[] {
  return [
    { label: 'Rename', icon: <Pencil />, onSelect: rename },
    { label: 'Card limit…', icon: <Gauge />, onSelect: limit },
    { kind: 'separator' },
    { kind: 'label', label: 'When a card is dropped here' },
    ...WORKFLOWS.map(({ value, label, hint }) => {
      const isChecked = column.triggers_agents && (column.agent_workflow_type ?? 'development') === value
      return {
        label,
        hint,
        isChecked,
        onSelect: () =>
          change(
            isChecked
              ? { triggers_agents: false, agent_workflow_type: null }
              : { triggers_agents: true, agent_workflow_type: value },
          ),
      }
    }),
    { kind: 'separator' },
    { kind: 'label', label: 'This column is for' },
    flag('New cards', column.is_start_column, (on) => change({ is_start_column: on })),
    flag('Work that waits for your review', column.is_review_column, (on) =>
      change({ is_review_column: on }),
    ),
    flag('Work that is done', column.is_end_column, (on) => change({ is_end_column: on })),
    { kind: 'separator' },
    { label: 'Delete column', icon: <Trash2 />, isDangerous: true, onSelect: remove },
  ]
}

function flag(label: string, isOn: boolean, set: (isOn: boolean) => void): MenuEntry {
  return { label, isChecked: isOn, onSelect: () => set(!isOn) }
}

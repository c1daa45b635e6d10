import { Archive, ArrowLeft, ArrowRight, ChevronsRightLeft, Gauge, Pencil, Plus, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import type { Column, UpdateColumn } from '#shared/column.ts'
import type { WorkflowType } from '#shared/execution.ts'
import type { ColumnId } from '#shared/ids.ts'
import type { Workflow } from '#shared/workflow.ts'
import { texts } from '../../lib/texts/texts.ts'
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
  { value: 'development', label: texts.columns.startsAgents, hint: texts.columns.planDevelopReviewFix },
  {
    value: 'quick_development',
    label: texts.columns.startsAgentsWithoutPlan,
    hint: texts.columns.developReviewFix,
  },
  {
    value: 'architecture_only',
    label: texts.columns.startsArchitectOnly,
    hint: texts.columns.planAndNoChanges,
  },
  {
    value: 'review_only',
    label: texts.columns.startsReviewerOnly,
    hint: texts.columns.judgesLatestWorkOnCard,
  },
]

/** All that can be done with a column. */
export function columnMenu(
  column: Column,
  { change, add, collapse, shift, rename, limit, archive, remove, workflows }: ColumnMenuActions,
): MenuEntry[] {
  return [
    { label: texts.columns.addCardEntry, icon: <Plus />, onSelect: add },
    { label: texts.columns.rename, icon: <Pencil />, onSelect: rename },
    { label: texts.columns.cardLimit, icon: <Gauge />, onSelect: limit },
    ...entryIf(texts.columns.collapse, <ChevronsRightLeft />, collapse),
    ...entryIf(texts.columns.moveLeft, <ArrowLeft />, shift.left),
    ...entryIf(texts.columns.moveRight, <ArrowRight />, shift.right),
    { kind: 'separator' },
    { kind: 'label', label: texts.columns.whenCardDroppedHere },
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
        return starter(texts.columns.starts(name), texts.columns.workflowYourOwn, isChecked, change, {
          agent_workflow_type: 'custom',
          agent_workflow_id: id,
        })
      }),
    { kind: 'separator' },
    { kind: 'label', label: texts.columns.column },
    flag(texts.columns.newCards, column.is_start_column, (on) => change({ is_start_column: on })),
    flag(texts.columns.workWaitsForYourReview, column.is_review_column, (on) =>
      change({ is_review_column: on }),
    ),
    flag(texts.columns.workDone, column.is_end_column, (on) => change({ is_end_column: on })),
    { kind: 'separator' },
    ...entryIf(texts.columns.archiveCards, <Archive />, archive),
    { label: texts.columns.deleteColumn, icon: <Trash2 />, isDangerous: true, onSelect: remove },
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

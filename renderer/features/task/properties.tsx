import { CircleDot } from 'lucide-react'
import type { Column } from '#shared/column.ts'
import type { ColumnId, LabelId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import { OFFERED_STATUSES, Priority, type Task } from '#shared/task.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Menu } from '../../ui/menu.tsx'
import { PRIORITY_NAME, PriorityIcon } from '../../ui/priority-icon.tsx'
import { AssigneeProperty } from './assignee-property.tsx'
import { DueProperty } from './due-property.tsx'
import { EstimateProperty } from './estimate-property.tsx'
import { LabelsProperty } from './labels-property.tsx'
import styles from './property.module.css'
import { EmptyValue, Property, PropertyButton } from './property.tsx'
import type { SaveTask } from './save-task.ts'
import { isPlainStatus, statusName } from './status-name.ts'

export interface PropertiesProps {
  task: Task
  columns: readonly Column[]
  labels: ReadonlyMap<LabelId, Label>
  onSave: SaveTask
  onMove: (columnId: ColumnId) => void
  onCreateLabel: (name: string, color: string) => Promise<Label | null>
}

/** All that is chosen of a card and not written; each opens what changes it. */
export function Properties({ task, columns, labels, onSave, onMove, onCreateLabel }: PropertiesProps) {
  const column = columns.find((one) => one.id === task.column_id)
  return (
    <section className={styles.list} aria-label={texts.taskProperties.properties}>
      <Property name={texts.taskProperties.columnName}>
        <Menu
          entries={columns.map((one) => ({
            label: one.name,
            ...(one.triggers_agents &&
              one.id !== task.column_id && { hint: texts.taskProperties.startsAgents }),
            isChecked: one.id === task.column_id,
            onSelect: () => one.id !== task.column_id && onMove(one.id),
          }))}
        >
          <PropertyButton label={texts.taskProperties.column(column?.name ?? '')}>
            <span className={styles.swatch} style={{ background: column?.color ?? 'var(--text-faint)' }} />
            {column?.name ?? texts.taskProperties.noColumn}
          </PropertyButton>
        </Menu>
      </Property>
      <Property name={texts.taskProperties.statusName}>
        <Menu
          entries={[...new Set<string>([...OFFERED_STATUSES, task.status])].map((status) => ({
            label: statusName(status),
            isChecked: status === task.status,
            onSelect: () => status !== task.status && void onSave({ base: task, mine: { status } }),
          }))}
        >
          <PropertyButton
            label={texts.taskProperties.status(statusName(task.status))}
            isEmpty={isPlainStatus(task.status, column)}
          >
            <CircleDot />
            {isPlainStatus(task.status, column) ? (
              <EmptyValue name={texts.taskProperties.statusName} none={texts.taskProperties.asColumn} />
            ) : (
              statusName(task.status)
            )}
          </PropertyButton>
        </Menu>
      </Property>
      <Property name={texts.taskProperties.priority}>
        <Menu
          entries={[null, ...Priority.options].map((priority) => ({
            label: priority ? PRIORITY_NAME[priority] : texts.taskProperties.noPriority,
            icon: <PriorityIcon priority={priority} />,
            isChecked: task.priority === priority,
            onSelect: () => void onSave({ base: task, mine: { priority } }),
          }))}
        >
          <PropertyButton
            label={texts.taskProperties.priorityOf(task.priority && PRIORITY_NAME[task.priority])}
            isEmpty={task.priority === null}
          >
            <PriorityIcon priority={task.priority} />
            {task.priority ? (
              PRIORITY_NAME[task.priority]
            ) : (
              <EmptyValue name={texts.taskProperties.priority} none={texts.taskProperties.none} />
            )}
          </PropertyButton>
        </Menu>
      </Property>
      <AssigneeProperty task={task} onSave={onSave} />
      <LabelsProperty task={task} labels={labels} onSave={onSave} onCreate={onCreateLabel} />
      <DueProperty
        task={task}
        isDone={column?.is_end_column === true || task.status === 'done' || task.status === 'cancelled'}
        onSave={onSave}
      />
      <EstimateProperty task={task} onSave={onSave} />
    </section>
  )
}

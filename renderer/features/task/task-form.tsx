import { useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { ColumnId } from '#shared/ids.ts'
import { Priority, type Task } from '#shared/task.ts'
import { EditableText } from '../../ui/editable-text.tsx'
import { Menu } from '../../ui/menu.tsx'
import { PRIORITY_NAME, PriorityIcon } from '../../ui/priority-icon.tsx'
import { DescriptionField } from './description-field.tsx'
import type { SaveTask } from './save-task.ts'
import styles from './task.module.css'
import { UnsavedTitle } from './unsaved-title.tsx'

interface TaskFormProps {
  task: Task
  cardKey: string
  columns: readonly Column[]
  onSave: SaveTask
  onMove: (columnId: ColumnId) => void
}

/** What a card says: title, column, priority, description. Each is edited where it stands. */
export function TaskForm({ task, cardKey, columns, onSave, onMove }: TaskFormProps) {
  /** The card as it was when its title was taken up for editing. */
  const [titled, setTitled] = useState<Task | null>(null)
  const column = columns.find((one) => one.id === task.column_id)
  return (
    <div className={styles.form}>
      {titled ? (
        <EditableText
          label={`Title of ${cardKey}`}
          className={styles.title}
          value={titled.title}
          maxLength={255}
          onSave={(title) => void onSave({ base: titled, mine: { title } })}
          onDone={() => setTitled(null)}
        />
      ) : (
        <h2 className={styles.title}>
          <button type="button" className={styles.titleButton} onClick={() => setTitled(task)}>
            {task.title}
          </button>
        </h2>
      )}
      <UnsavedTitle task={task} onSave={onSave} />
      <div className={styles.properties}>
        <Menu
          entries={columns.map((one) => ({
            label: one.name,
            ...(one.triggers_agents && one.id !== task.column_id && { hint: 'Starts agents' }),
            isChecked: one.id === task.column_id,
            onSelect: () => one.id !== task.column_id && onMove(one.id),
          }))}
        >
          <button type="button" className={styles.property} aria-label={`Column: ${column?.name ?? ''}`}>
            <span className={styles.swatch} style={{ background: column?.color ?? 'var(--text-faint)' }} />
            {column?.name ?? 'No column'}
          </button>
        </Menu>
        <Menu
          entries={[null, ...Priority.options].map((value) => ({
            label: value ? PRIORITY_NAME[value] : 'No priority',
            icon: <PriorityIcon priority={value} />,
            isChecked: task.priority === value,
            onSelect: () => void onSave({ base: task, mine: { priority: value } }),
          }))}
        >
          <button
            type="button"
            className={styles.property}
            aria-label={`Priority: ${task.priority ? PRIORITY_NAME[task.priority] : 'none'}`}
          >
            <PriorityIcon priority={task.priority} />
            {task.priority ? PRIORITY_NAME[task.priority] : 'Priority'}
          </button>
        </Menu>
      </div>
      <DescriptionField key={task.id} task={task} onSave={onSave} />
    </div>
  )
}

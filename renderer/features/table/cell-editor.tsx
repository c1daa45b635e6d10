import { type KeyboardEvent, useState } from 'react'
import type { ColumnId, LabelId } from '#shared/ids.ts'
import { Day, Priority, type TaskCard } from '#shared/task.ts'
import { texts } from '../../lib/texts/texts.ts'
import { EditableText } from '../../ui/editable-text.tsx'
import { LabelDot } from '../../ui/label-dot.tsx'
import { PickList, type PickOption } from '../../ui/pick-list.tsx'
import { Popover } from '../../ui/popover.tsx'
import { PRIORITY_NAME, PriorityIcon } from '../../ui/priority-icon.tsx'
import styles from './table.module.css'
import type { ColumnKey, TableColumn } from './table-column.ts'
import { type TableScope, useTableScope } from './table-scope.ts'

interface CellEditorProps {
  column: TableColumn
  card: TaskCard
  onDone: () => void
}

export function isEditable(key: ColumnKey): boolean {
  return !['key', 'agents', 'created', 'updated'].includes(key)
}

/** A cell while it is edited: a field in its place, or a list below it. */
export function CellEditor({ column, card: now, onDone }: CellEditorProps) {
  // As it was when the person began: what others write meanwhile is not overwritten without a word.
  const [card] = useState(now)
  const scope = useTableScope()
  const name = texts.table.cellOf(column.title, scope.boardKey, card.number)
  if (column.key === 'title') {
    return (
      <EditableText
        label={name}
        value={card.title}
        maxLength={255}
        onSave={(title) => scope.edit(card, { title })}
        onDone={onDone}
      />
    )
  }
  if (column.key === 'due') {
    return (
      <ValueField
        label={name}
        type="date"
        value={card.due_date ?? ''}
        onDone={onDone}
        onSave={(text) => {
          const day = Day.safeParse(text)
          if (text === '' || day.success) scope.edit(card, { due_date: text === '' ? null : text })
        }}
      />
    )
  }
  if (column.key === 'estimate') {
    return (
      <ValueField
        label={name}
        type="number"
        value={card.estimate === null ? '' : String(card.estimate)}
        onDone={onDone}
        onSave={(text) => {
          const points = Number(text)
          const isFit = text === '' || (points >= 0 && points <= 1000)
          if (isFit) scope.edit(card, { estimate: text === '' ? null : points })
        }}
      />
    )
  }
  return <ChoiceEditor column={column} card={card} onDone={onDone} />
}

interface ValueFieldProps {
  label: string
  type: 'date' | 'number'
  value: string
  onSave: (text: string) => void
  onDone: () => void
}

/** Enter or leaving saves, Escape gives up. */
function ValueField({ label, type, value, onSave, onDone }: ValueFieldProps) {
  const [text, setText] = useState(value)
  const save = () => {
    if (text !== value) onSave(text)
  }
  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key !== 'Enter' && event.key !== 'Escape') return
    event.preventDefault()
    if (event.key === 'Enter') save()
    onDone()
  }
  return (
    <input
      type={type}
      aria-label={label}
      className={styles.field}
      {...(type === 'number' && { min: 0, max: 1000, step: 'any' })}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to write it
      autoFocus
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={() => {
        save()
        onDone()
      }}
      onKeyDown={handleKey}
    />
  )
}

function ChoiceEditor({ column, card, onDone }: CellEditorProps) {
  const scope = useTableScope()
  const isMulti = column.key === 'labels'
  const [labels, setLabels] = useState<readonly LabelId[]>(card.label_ids)
  // Of labels several are chosen, and written when the list is closed.
  const finish = () => {
    const isSame =
      labels.length === card.label_ids.length && labels.every((id) => card.label_ids.includes(id))
    if (!isSame) scope.edit(card, { label_ids: [...labels] })
    onDone()
  }
  const pick = (id: string) => {
    if (isMulti) return setLabels((before) => toggled(before, id as LabelId))
    choose(column.key, card, id, scope)
    onDone()
  }
  return (
    <Popover
      label={column.title}
      isOpen
      onOpenChange={(isOpen) => !isOpen && finish()}
      trigger={<button type="button" tabIndex={-1} aria-label={column.title} className={styles.anchor} />}
    >
      <PickList
        label={column.title}
        isMulti={isMulti}
        options={optionsOf(column.key, isMulti ? { ...card, label_ids: [...labels] } : card, scope)}
        onPick={pick}
      />
    </Popover>
  )
}

function toggled(ids: readonly LabelId[], id: LabelId): readonly LabelId[] {
  return ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id]
}

function optionsOf(key: ColumnKey, card: TaskCard, scope: TableScope): PickOption[] {
  if (key === 'column') {
    return scope.columns.map(({ id, name, triggers_agents }) => ({
      id,
      label: name,
      isChosen: id === card.column_id,
      ...(triggers_agents && { hint: texts.table.startsAgents }),
    }))
  }
  if (key === 'priority') {
    return [null, ...Priority.options.toReversed()].map((priority) => ({
      id: priority ?? '',
      label: priority ? PRIORITY_NAME[priority] : texts.table.noPriority,
      icon: <PriorityIcon priority={priority} />,
      isChosen: priority === card.priority,
    }))
  }
  if (key === 'labels') {
    return [...scope.labels.values()].map(({ id, name, color }) => ({
      id,
      label: name,
      icon: <LabelDot color={color} />,
      isChosen: card.label_ids.includes(id),
    }))
  }
  return [
    { id: '', label: texts.table.nobody, isChosen: !card.assigned_to },
    ...scope.people.map(({ id, name }) => ({ id: `person:${id}`, label: name })),
    ...scope.agents.map(({ id, name }) => ({ id: `agent:${id}`, label: name, hint: texts.table.agent })),
  ].map((option) => ({ isChosen: option.id === card.assigned_to, ...option }))
}

function choose(key: ColumnKey, card: TaskCard, id: string, scope: TableScope): void {
  if (key === 'column' && id !== card.column_id) scope.move(card.id, id as ColumnId)
  if (key === 'priority') scope.edit(card, { priority: id === '' ? null : (id as Priority) })
  if (key === 'assignee') scope.edit(card, { assigned_to: id === '' ? null : id })
}

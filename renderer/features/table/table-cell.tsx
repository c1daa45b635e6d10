import type { ReactNode } from 'react'
import type { TaskCard } from '#shared/task.ts'
import { assigneeName } from '../../lib/assignee-name.ts'
import { executionView } from '../../lib/execution-state.ts'
import { dateFormat } from '../../lib/locale.ts'
import { texts } from '../../lib/texts/texts.ts'
import { useHalfMerged } from '../../lib/use-half-merged.ts'
import { StateDot } from '../../ui/badge.tsx'
import { LabelDot } from '../../ui/label-dot.tsx'
import { PRIORITY_NAME, PriorityIcon } from '../../ui/priority-icon.tsx'
import styles from './table.module.css'
import type { ColumnKey } from './table-column.ts'
import type { TableScope } from './table-scope.ts'

const shortDate = dateFormat({ day: 'numeric', month: 'short', year: 'numeric' })
const dayDate = dateFormat({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
})

/** What a cell says. */
export function cellContent(key: ColumnKey, card: TaskCard, scope: TableScope): ReactNode {
  switch (key) {
    case 'key':
      return <span className={styles.key}>{`${scope.boardKey}-${card.number}`}</span>
    case 'title':
      return <span className={styles.title}>{card.title}</span>
    case 'column':
      return scope.columns.find(({ id }) => id === card.column_id)?.name
    case 'priority':
      return (
        card.priority && (
          <>
            <PriorityIcon priority={card.priority} />
            {PRIORITY_NAME[card.priority]}
          </>
        )
      )
    case 'labels':
      return card.label_ids.flatMap((id) => {
        const label = scope.labels.get(id)
        return label
          ? [
              <span key={id} className={styles.label}>
                <LabelDot color={label.color} />
                {label.name}
              </span>,
            ]
          : []
      })
    case 'assignee':
      return card.assigned_to && assigneeName(card.assigned_to, scope.people)
    case 'due':
      return card.due_date && <Due card={card} scope={scope} day={card.due_date} />
    case 'estimate':
      return card.estimate
    case 'agents':
      return <Agents card={card} scope={scope} />
    case 'created':
      return shortDate().format(card.created_at)
    case 'updated':
      return shortDate().format(card.updated_at)
  }
}

function Due({ card, scope, day }: { card: TaskCard; scope: TableScope; day: string }) {
  const isDone = scope.columns.some(({ id, is_end_column }) => id === card.column_id && is_end_column)
  const isLate = day < scope.today && !isDone
  return (
    <span className={isLate ? styles.late : undefined}>
      {dayDate().format(new Date(`${day}T00:00:00Z`))}
      {isLate && <span className="hidden-visually"> {texts.table.overdue}</span>}
    </span>
  )
}

function Agents({ card, scope }: { card: TaskCard; scope: TableScope }) {
  const execution = scope.executions.get(card.id) ?? null
  const half = useHalfMerged(execution)
  if (!execution) return null
  const { tone, isLive, label } = executionView(execution, half)
  return (
    <>
      <StateDot tone={tone} isLive={isLive} />
      {label}
    </>
  )
}

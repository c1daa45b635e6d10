import clsx from 'clsx'
import { CalendarDays, Hourglass, MessageSquare, Paperclip, SquareCheckBig } from 'lucide-react'
import type { ReactNode } from 'react'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { Label } from '#shared/label.ts'
import type { TaskCard } from '#shared/task.ts'
import { assigneeName } from '../../lib/assignee-name.ts'
import { fullReview } from '../../lib/full-review.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { LabelDot } from '../../ui/label-dot.tsx'
import { useBoardScope } from './board-context.ts'
import styles from './card-facts.module.css'
import { dueText, dueTone } from './due-text.ts'

/** Labels that a card shows; the others are a number. */
const MOST_LABELS = 3

/** What a card waits for. */
export function WaitsFor({ cards, boardKey }: { cards: readonly TaskCard[]; boardKey: string }) {
  const keyOf = (card: TaskCard) => `${boardKey}-${card.number}`
  const [first, ...more] = cards
  if (!first) return null
  const all = cards.map((card) => `${keyOf(card)} ${card.title}`).join('\n')
  return (
    <div className={styles.waits} title={texts.card.waitsForN(all)}>
      <Hourglass aria-hidden="true" />
      <span className={styles.clipped}>{texts.card.waits(keyOf(first))}</span>
      {more.length > 0 && <span>+{more.length}</span>}
    </div>
  )
}

/** Why a card is still where its agents worked, when the column that it goes to next is full. */
export function WaitsForRoom({ task, execution }: { task: TaskCard; execution: ExecutionSummary | null }) {
  const { columns } = useBoardScope()
  const full = fullReview(task, execution, columns)
  if (!full?.wip_limit) return null
  const reason = texts.card.waitsForRoom(full.name, full.wip_limit)
  return (
    <div className={styles.waits} title={reason}>
      <Hourglass aria-hidden="true" />
      <span className={styles.clipped}>{reason}</span>
    </div>
  )
}

/** The labels of a card, as many as there is room for. */
export function CardLabels({ task }: { task: TaskCard }) {
  const known = useBoardScope().labels
  const labels = task.label_ids.flatMap((id) => known.get(id) ?? []).sort(byName)
  if (labels.length === 0) return null
  const [shown, more] = [labels.slice(0, MOST_LABELS), labels.slice(MOST_LABELS)]
  return (
    <ul className={styles.labels} aria-label={texts.card.labels}>
      {shown.map((label) => (
        <li key={label.id} className={styles.label} title={label.name}>
          <LabelDot color={label.color} />
          <span className={styles.clipped} dir="auto">
            {label.name}
          </span>
        </li>
      ))}
      {more.length > 0 && (
        <li className={styles.label} title={more.map(({ name }) => name).join(', ')}>
          +{more.length}
        </li>
      )}
    </ul>
  )
}

function byName(a: Label, b: Label): number {
  return a.name.localeCompare(b.name)
}

/** Date, size, progress, talk, files and assignee of a card: what there is of it, in one row. */
export function CardMeta({ task }: { task: TaskCard }) {
  const { people } = useBoardScope()
  const { estimate, checklist_done, checklist_total, comment_count, attachment_count, assigned_to } = task
  const hasNothing =
    !task.due_date &&
    estimate === null &&
    !assigned_to &&
    !checklist_total &&
    !comment_count &&
    !attachment_count
  if (hasNothing) return null
  const isDone = checklist_done === checklist_total
  return (
    <div className={styles.meta}>
      {task.due_date && <Due day={task.due_date} columnId={task.column_id} />}
      {estimate !== null && (
        <Fact text={texts.card.estimatePoint(estimate)}>
          <span className={styles.points}>{estimate}</span>
        </Fact>
      )}
      {checklist_total > 0 && (
        <Fact text={texts.card.itemDone(checklist_done, checklist_total)} isGood={isDone}>
          <SquareCheckBig /> {checklist_done}/{checklist_total}
        </Fact>
      )}
      {comment_count > 0 && (
        <Fact text={texts.card.comments(comment_count)}>
          <MessageSquare /> {comment_count}
        </Fact>
      )}
      {attachment_count > 0 && (
        <Fact text={texts.card.attachments(attachment_count)}>
          <Paperclip /> {attachment_count}
        </Fact>
      )}
      <span className={styles.spacer} />
      {assigned_to && <Assignee assignee={assigned_to} name={assigneeName(assigned_to, people)} />}
    </div>
  )
}

/** A number with its picture; the words are for who points at it or cannot see it. */
function Fact({ text, isGood, children }: { text: string; isGood?: boolean; children: ReactNode }) {
  return (
    <span className={clsx(styles.fact, isGood && styles.good)} title={text}>
      <span className={styles.seen} aria-hidden="true">
        {children}
      </span>
      <span className="hidden-visually">{text}</span>
    </span>
  )
}

function Due({ day, columnId }: { day: string; columnId: TaskCard['column_id'] }) {
  const { today, columns } = useBoardScope()
  const isDone = columns.find(({ id }) => id === columnId)?.is_end_column ?? false
  const tone = dueTone(day, today, isDone)
  const said = { late: texts.card.overdue, today: texts.card.due, calm: texts.card.due }[tone]
  const text = dueText(day, today)
  return (
    <span className={clsx(styles.fact, styles[tone])} title={`${said}: ${text}`}>
      <CalendarDays aria-hidden="true" />
      <span className="hidden-visually">{said}: </span>
      {text}
    </span>
  )
}

function Assignee({ assignee, name }: { assignee: string; name: string }) {
  const isAgent = assignee.startsWith('agent:')
  return (
    <span className={styles.assignee} title={texts.card.assigned(name)}>
      <Avatar kind={isAgent ? 'agent' : 'person'} id={assignee.replace(/^person:/, '')} name={name} />
      <span className="hidden-visually">{texts.card.assigned(name)}</span>
    </span>
  )
}

import type { AgentState } from './agent-state.ts'
import type { BoardQuery } from './board-query.ts'
import type { TaskId } from './ids.ts'
import { compareByOrder } from './order.ts'
import type { Priority, TaskCard } from './task.ts'

/** What a card itself does not tell. */
export interface MatchContext {
  /** The board's key: RNG in RNG-12. */
  key: string
  /** YYYY-MM-DD, where the person is. */
  today: string
  /** As `Task.assigned_to`; null: unknown. */
  me: string | null
  agentState(id: TaskId): AgentState
  isBlocked(id: TaskId): boolean
  /** In an end column. */
  isDone(card: TaskCard): boolean
}

/** Whether a card is among those that the query shows. */
export function matches(card: TaskCard, query: BoardQuery, context: MatchContext): boolean {
  return (
    matchesText(card, query.text, context.key) &&
    matchesLabels(card, query) &&
    isAmong(query.priorities, card.priority ?? 'none') &&
    matchesAssignee(card, query.assignees, context.me) &&
    (query.agent_states.length === 0 || query.agent_states.includes(context.agentState(card.id))) &&
    matchesDue(card, query.due, context) &&
    (query.blocked === 'any' || context.isBlocked(card.id) === (query.blocked === 'blocked'))
  )
}

/** The order in which the query shows cards: its own, then by place, so that it is the same every time. */
export function compareCards({ sort }: Pick<BoardQuery, 'sort'>): (a: TaskCard, b: TaskCard) => number {
  if (sort.by === 'manual') {
    return sort.direction === 'asc' ? compareByOrder : (a, b) => compareByOrder(b, a)
  }
  const value = VALUES[sort.by]
  const sign = sort.direction === 'asc' ? 1 : -1
  return (a, b) => compareValues(value(a), value(b), sign) || compareByOrder(a, b)
}

/** Every word of the text is in the title or the key, in any case. */
function matchesText(card: TaskCard, text: string, key: string): boolean {
  if (text === '') return true
  const found = searchedText(card, key)
  return wordsOf(text).every((word) => found.includes(word))
}

let split: { text: string; words: readonly string[] } = { text: '', words: [] }

/** The same text is asked for card after card. */
function wordsOf(text: string): readonly string[] {
  if (split.text !== text) split = { text, words: text.toLowerCase().split(/\s+/).filter(Boolean) }
  return split.words
}

const searched = new WeakMap<TaskCard, { key: string; text: string }>()

/** Of 10,000 cards it is not made anew with each letter typed. */
function searchedText(card: TaskCard, key: string): string {
  const known = searched.get(card)
  if (known?.key === key) return known.text
  const text = `${key}-${card.number} ${card.title}`.toLowerCase()
  searched.set(card, { key, text })
  return text
}

function matchesLabels(card: TaskCard, { label_ids, label_mode }: BoardQuery): boolean {
  if (label_ids.length === 0) return true
  const has = (id: (typeof label_ids)[number]) => card.label_ids.includes(id)
  return label_mode === 'all' ? label_ids.every(has) : label_ids.some(has)
}

function matchesAssignee(card: TaskCard, assignees: readonly string[], me: string | null): boolean {
  if (assignees.length === 0) return true
  const assignee = card.assigned_to
  if (!assignee) return assignees.includes('none')
  return assignees.includes(assignee) || (assignee === me && assignees.includes('me'))
}

function matchesDue(card: TaskCard, due: BoardQuery['due'], context: MatchContext): boolean {
  const day = card.due_date
  switch (due) {
    case 'any':
      return true
    case 'none':
      return day === null
    case 'overdue':
      return day !== null && day < context.today && !context.isDone(card)
    case 'today':
      return day === context.today
    case 'week':
      return day !== null && day >= context.today && day <= addDays(context.today, 6)
  }
}

function isAmong<T>(list: readonly T[], value: T): boolean {
  return list.length === 0 || list.includes(value)
}

/** A day later or earlier. */
export function addDays(day: string, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCDate(date.getUTCDate() + days)
  return date.toISOString().slice(0, 10)
}

const RANK: Readonly<Record<Priority, number>> = { urgent: 0, high: 1, medium: 2, low: 3 }
const byLanguage = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })

/** Ascending: the most urgent, the soonest, the oldest, the smallest first. */
const VALUES: Readonly<
  Record<Exclude<BoardQuery['sort']['by'], 'manual'>, (card: TaskCard) => number | string | null>
> = {
  priority: (card) => (card.priority ? RANK[card.priority] : null),
  due: (card) => card.due_date,
  created: (card) => card.created_at.getTime(),
  updated: (card) => card.updated_at.getTime(),
  title: (card) => card.title,
  estimate: (card) => card.estimate,
}

/** What has no value comes last in either direction. */
function compareValues(a: number | string | null, b: number | string | null, sign: 1 | -1): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (typeof a === 'number' && typeof b === 'number') return sign * (a - b)
  return sign * byLanguage.compare(String(a), String(b))
}

import type { BoardQuery } from '#shared/board-query.ts'
import type { Column } from '#shared/column.ts'
import type { LabelId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import type { Person } from '#shared/person.ts'
import { Priority, type TaskCard, type TaskFields } from '#shared/task.ts'
import { assigneeName } from './assignee-name.ts'
import { texts } from './texts/texts.ts'

export type GroupBy = Exclude<BoardQuery['group_by'], 'none'>

/** What groups are named by. */
export interface GroupFacts {
  columns: readonly Column[]
  labels: ReadonlyMap<LabelId, Label>
  people: readonly Person[]
}

/** Cards that have a value in common. */
export interface CardGroup {
  /** The value; `none` for cards without one. */
  id: string
  name: string
  color?: string
  priority?: Priority | null
  cards: readonly TaskCard[]
}

const PRIORITY_NAMES: Readonly<Record<Priority, string>> = {
  urgent: texts.cardWords.urgent,
  high: texts.cardWords.high,
  medium: texts.cardWords.medium,
  low: texts.cardWords.low,
}

/** The cards by a field, in the order of its values; the cards of a group keep theirs. Groups without cards are left out. */
export function groupCards(cards: Iterable<TaskCard>, by: GroupBy, facts: GroupFacts): CardGroup[] {
  const found = new Map<string, TaskCard[]>()
  const readValue = valueReader(by, facts)
  for (const card of cards) {
    const value = readValue(card)
    const group = found.get(value)
    if (group) group.push(card)
    else found.set(value, [card])
  }
  return orderedValues(by, facts, [...found.keys()]).flatMap((id) => {
    const group = found.get(id)
    return group ? [{ id, ...faceOf(by, id, facts), cards: group }] : []
  })
}

/** What a card gets that is put into a group; of several labels, the one by which it lay where it was makes way. */
export function fieldsOfGroup(by: GroupBy, to: string, card: TaskCard, facts: GroupFacts): TaskFields {
  const value = to === 'none' ? null : to
  if (by === 'priority') return { priority: value as Priority | null }
  if (by === 'assignee') return { assigned_to: value }
  if (by !== 'label') return {}
  const from = valueReader(by, facts)(card)
  const kept = card.label_ids.filter((id) => id !== from && id !== value)
  return { label_ids: value === null ? kept : [...kept, value as LabelId] }
}

/** A card with several labels lies in the group of the first by name. */
function valueReader(by: GroupBy, facts: GroupFacts): (card: TaskCard) => string {
  if (by === 'column') return (card) => card.column_id
  if (by === 'priority') return (card) => card.priority ?? 'none'
  if (by === 'assignee') return (card) => card.assigned_to || 'none'
  const rank = new Map(byName(facts.labels).map(({ id }, index) => [id, index]))
  const rankOf = (id: LabelId) => rank.get(id) ?? Number.POSITIVE_INFINITY
  return ({ label_ids }) => {
    const known = label_ids.filter((id) => rank.has(id))
    return known.length === 0 ? 'none' : known.reduce((a, b) => (rankOf(b) < rankOf(a) ? b : a))
  }
}

function orderedValues(by: GroupBy, facts: GroupFacts, found: readonly string[]): readonly string[] {
  if (by === 'column') return facts.columns.map(({ id }) => id)
  if (by === 'priority') return [...Priority.options.toReversed(), 'none']
  if (by === 'label') return [...byName(facts.labels).map(({ id }) => id), 'none']
  const name = (id: string) => assigneeName(id, facts.people)
  const named = found.filter((id) => id !== 'none').toSorted((a, b) => name(a).localeCompare(name(b)))
  return [...named, 'none']
}

function faceOf(by: GroupBy, id: string, facts: GroupFacts): Omit<CardGroup, 'id' | 'cards'> {
  if (by === 'column') {
    const column = facts.columns.find((one) => one.id === id)
    return { name: column?.name ?? '', ...(column?.color && { color: column.color }) }
  }
  if (by === 'priority') {
    const priority = id === 'none' ? null : (id as Priority)
    return { name: priority ? PRIORITY_NAMES[priority] : texts.cardWords.noPriority, priority }
  }
  if (by === 'assignee')
    return { name: id === 'none' ? texts.cardWords.nobody : assigneeName(id, facts.people) }
  const label = facts.labels.get(id as LabelId)
  return label ? { name: label.name, color: label.color } : { name: texts.cardWords.noLabel }
}

function byName(labels: ReadonlyMap<LabelId, Label>): Label[] {
  return [...labels.values()].toSorted((a, b) => a.name.localeCompare(b.name))
}

import { CircleUser, Plus } from 'lucide-react'
import type { Column } from '#shared/column.ts'
import type { LabelId } from '#shared/ids.ts'
import { canBeNewLabel, type Label } from '#shared/label.ts'
import type { Person } from '#shared/person.ts'
import { Priority, type TaskCard, type TaskFields } from '#shared/task.ts'
import type { Choice } from '../../lib/actions/offers.ts'
import { parseDay } from '../../lib/parse-day.ts'
import { texts } from '../../lib/texts/texts.ts'
import type { AgentChoice } from '../../lib/use-agents.ts'
import { Avatar } from '../../ui/avatar.tsx'
import { LabelDot } from '../../ui/label-dot.tsx'
import { PRIORITY_NAME, PriorityIcon } from '../../ui/priority-icon.tsx'
import type { BulkActions } from './bulk-actions.ts'

/** What the choices for several cards are made of. */
export interface ChoiceSetting {
  cards: readonly TaskCard[]
  bulk: BulkActions
  columns: readonly Column[]
  labels: ReadonlyMap<LabelId, Label>
  people: readonly Person[]
  /** Those that are on this machine. */
  agents: readonly AgentChoice[]
  today: string
}

/** The columns that the rules of the board allow are told by the app; all are offered. */
export function columnChoices({ cards, bulk, columns }: ChoiceSetting): Choice[] {
  return columns.map((column) => ({
    id: column.id,
    title: column.name,
    isChosen: cards.every((card) => card.column_id === column.id),
    ...(column.triggers_agents && { hint: texts.card.startsAgents }),
    run: () => void bulk.moveToColumn(cards, column.id),
  }))
}

export function priorityChoices(setting: ChoiceSetting): Choice[] {
  return [null, ...Priority.options].map((priority) => ({
    id: priority ?? 'none',
    title: priority ? PRIORITY_NAME[priority] : texts.card.noPriority,
    icon: <PriorityIcon priority={priority} />,
    ...settingOf(setting, 'priority', { priority }),
  }))
}

/** Those that there are, and one of the name that was typed. */
export function labelChoices({ cards, bulk, labels }: ChoiceSetting, text: string): Choice[] {
  const known = [...labels.values()]
    .toSorted((a, b) => a.name.localeCompare(b.name))
    .map((label) => {
      const having = cards.filter(({ label_ids: ids }) => ids.includes(label.id)).length
      const isOnAll = having === cards.length
      return {
        id: label.id,
        title: label.name,
        icon: <LabelDot color={label.color} />,
        isChosen: isOnAll,
        keepsOpen: true,
        ...(having > 0 && !isOnAll && { hint: texts.card.on(having, cards.length) }),
        run: () => void bulk.setLabel(cards, label.id, !isOnAll),
      }
    })
  const name = text.trim()
  if (!canBeNewLabel(name, labels)) return known
  const title = texts.card.newLabel(name)
  const create = () => void bulk.addNewLabel(cards, name)
  return [
    ...known,
    { id: 'new', title, icon: <Plus />, hint: texts.card.create, isAnswer: true, run: create },
  ]
}

export function assigneeChoices(setting: ChoiceSetting): Choice[] {
  const to = (assigned_to: string | null) => settingOf(setting, 'assignee', { assigned_to })
  return [
    { id: 'nobody', title: texts.card.nobody, icon: <CircleUser />, ...to(null) },
    ...setting.people.map(({ id, name }) => ({
      id,
      title: name,
      icon: <Avatar id={id} name={name} />,
      ...to(`person:${id}`),
    })),
    ...setting.agents.map(({ id, name }) => ({
      id,
      title: name,
      icon: <Avatar kind="agent" id={id} name={name} />,
      hint: texts.card.agent,
      ...to(`agent:${id}`),
    })),
  ]
}

const DAYS = [
  texts.card.today,
  texts.card.tomorrow,
  texts.card.friday,
  texts.card.nextWeek,
  texts.card.nextMonth,
]

export function dueChoices(setting: ChoiceSetting, text: string): Choice[] {
  const on = (due_date: string | null) => settingOf(setting, texts.card.dueDate, { due_date })
  const typed = parseDay(text, setting.today)
  const isNamed = DAYS.some((name) => name.toLowerCase() === text.trim().toLowerCase())
  return [
    ...(typed && !isNamed ? [{ id: 'typed', title: typed, isAnswer: true, ...on(typed) }] : []),
    ...DAYS.flatMap((title) => {
      const day = parseDay(title, setting.today)
      return day ? [{ id: title, title, hint: day, ...on(day) }] : []
    }),
    { id: 'none', title: texts.card.noDueDate, ...on(null) },
  ]
}

const POINTS = [1, 2, 3, 5, 8, 13]

export function estimateChoices(setting: ChoiceSetting, text: string): Choice[] {
  const of = (estimate: number | null) => settingOf(setting, 'estimate', { estimate })
  const typed = /^\d{1,4}([.,]\d)?$/.test(text.trim()) ? Number(text.trim().replace(',', '.')) : null
  const isTyped = typed !== null && typed <= 1000 && !POINTS.includes(typed)
  return [
    ...(isTyped ? [{ id: 'typed', title: points(typed), isAnswer: true, ...of(typed) }] : []),
    ...POINTS.map((value) => ({ id: String(value), title: points(value), ...of(value) })),
    { id: 'none', title: texts.card.noEstimate, ...of(null) },
  ]
}

function points(value: number): string {
  return texts.card.points(value)
}

/** Ticked when it is so on all of them. */
function settingOf(
  { cards, bulk }: ChoiceSetting,
  what: string,
  set: Pick<TaskFields, 'priority' | 'assigned_to' | 'due_date' | 'estimate'>,
): Pick<Choice, 'isChosen' | 'run'> {
  const fields = Object.entries(set) as [keyof typeof set, unknown][]
  const isSo = (card: TaskCard) => fields.every(([field, value]) => card[field] === value)
  return {
    isChosen: cards.every(isSo),
    run: () => {
      const others = cards.filter((card) => !isSo(card))
      if (others.length > 0) void bulk.set(others, what, set)
    },
  }
}

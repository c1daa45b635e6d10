import { Ban, Bot, CalendarDays, CircleUser, SignalHigh, Tag } from 'lucide-react'
import type { ReactNode } from 'react'
import type { AgentState } from '#shared/agent-state.ts'
import type { BoardQuery } from '#shared/board-query.ts'
import type { LabelId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import type { Person } from '#shared/person.ts'
import { Priority } from '#shared/task.ts'
import { assigneeName } from '../../lib/assignee-name.ts'
import { texts } from '../../lib/texts/texts.ts'
import type { AgentChoice } from '../../lib/use-agents.ts'
import { LabelDot } from '../../ui/label-dot.tsx'
import type { PickOption } from '../../ui/pick-list.tsx'
import { PRIORITY_NAME, PriorityIcon } from '../../ui/priority-icon.tsx'

/** What there is to choose from. */
export interface FilterFacts {
  labels: readonly Label[]
  people: readonly Person[]
  /** Those that cards may be given to. */
  agents: readonly AgentChoice[]
  /** Names that cards are assigned to and that are neither people nor agents. */
  otherAssignees: () => readonly string[]
}

/** One thing by which cards are left out. */
export interface Facet {
  id: 'label' | 'priority' | 'assignee' | 'agents' | 'due' | 'blocked'
  title: string
  icon: ReactNode
  isMulti: boolean
  options: (facts: FilterFacts) => PickOption[]
  chosen: (query: BoardQuery) => readonly string[]
  toggle: (query: BoardQuery, id: string) => BoardQuery
  clear: (query: BoardQuery) => BoardQuery
}

const AGENT_NAMES: Readonly<Record<AgentState, string>> = {
  none: texts.filters.noAgents,
  running: texts.filters.running,
  needs_you: texts.filters.needs,
  ready: texts.filters.readyForReview,
  failed: texts.filters.failed,
  stopped: texts.filters.stopped,
  merged: texts.filters.merged,
}

const DUE_NAMES: Readonly<Record<Exclude<BoardQuery['due'], 'any'>, string>> = {
  overdue: texts.filters.overdue,
  today: texts.filters.today,
  week: texts.filters.inNext7Days,
  none: texts.filters.noDueDate,
}

export const FACETS: readonly Facet[] = [
  {
    id: 'label',
    title: texts.filters.label,
    icon: <Tag />,
    isMulti: true,
    options: ({ labels }) =>
      labels.map(({ id, name, color }) => ({ id, label: name, icon: <LabelDot color={color} /> })),
    chosen: (query) => query.label_ids,
    toggle: (query, id) => ({ ...query, label_ids: toggled(query.label_ids, id as LabelId) }),
    clear: (query) => ({ ...query, label_ids: [], label_mode: 'any' }),
  },
  {
    id: 'priority',
    title: texts.filters.priority,
    icon: <SignalHigh />,
    isMulti: true,
    options: () => [
      ...Priority.options
        .toReversed()
        .map((id) => ({ id, label: PRIORITY_NAME[id], icon: <PriorityIcon priority={id} /> })),
      { id: 'none', label: texts.filters.noPriority, icon: <PriorityIcon priority={null} /> },
    ],
    chosen: (query) => query.priorities,
    toggle: (query, id) => ({ ...query, priorities: toggled(query.priorities, id as Priority | 'none') }),
    clear: (query) => ({ ...query, priorities: [] }),
  },
  {
    id: 'assignee',
    title: texts.filters.assignee,
    icon: <CircleUser />,
    isMulti: true,
    options: (facts) => [
      { id: 'me', label: texts.filters.me },
      { id: 'none', label: texts.filters.nobody },
      ...facts.people.map(({ id, name }) => ({ id: `person:${id}`, label: name })),
      ...facts.agents.map(({ id, name }) => ({ id: `agent:${id}`, label: name, icon: <Bot /> })),
      ...facts.otherAssignees().map((name) => ({ id: name, label: assigneeName(name, facts.people) })),
    ],
    chosen: (query) => query.assignees,
    toggle: (query, id) => ({ ...query, assignees: toggled(query.assignees, id) }),
    clear: (query) => ({ ...query, assignees: [] }),
  },
  {
    id: 'agents',
    title: texts.filters.agents,
    icon: <Bot />,
    isMulti: true,
    options: () => choicesOf(AGENT_NAMES),
    chosen: (query) => query.agent_states,
    toggle: (query, id) => ({ ...query, agent_states: toggled(query.agent_states, id as AgentState) }),
    clear: (query) => ({ ...query, agent_states: [] }),
  },
  {
    id: 'due',
    title: texts.filters.due,
    icon: <CalendarDays />,
    isMulti: false,
    options: () => choicesOf(DUE_NAMES),
    chosen: ({ due }) => (due === 'any' ? [] : [due]),
    toggle: (query, id) => ({ ...query, due: query.due === id ? 'any' : (id as BoardQuery['due']) }),
    clear: (query) => ({ ...query, due: 'any' }),
  },
  {
    id: 'blocked',
    title: texts.filters.blocked,
    icon: <Ban />,
    isMulti: false,
    options: () => [
      { id: 'blocked', label: texts.filters.waitsForAnotherCard },
      { id: 'free', label: texts.filters.notBlocked },
    ],
    chosen: ({ blocked }) => (blocked === 'any' ? [] : [blocked]),
    toggle: (query, id) => ({
      ...query,
      blocked: query.blocked === id ? 'any' : (id as BoardQuery['blocked']),
    }),
    clear: (query) => ({ ...query, blocked: 'any' }),
  },
]

/** What is chosen of a facet, in words: one name, or how many. */
export function facetText(facet: Facet, query: BoardQuery, facts: FilterFacts): string {
  const chosen = facet.chosen(query)
  if (chosen.length > 2) return texts.filters.chosen(chosen.length)
  const options = facet.options(facts)
  return chosen.map((id) => options.find((one) => one.id === id)?.label ?? texts.filters.gone).join(', ')
}

function toggled<T>(list: readonly T[], value: T): T[] {
  return list.includes(value) ? list.filter((one) => one !== value) : [...list, value]
}

function choicesOf(names: Readonly<Record<string, string>>): PickOption[] {
  return Object.entries(names).map(([id, label]) => ({ id, label }))
}

import { describe, expect, it } from 'vitest'
import { AgentState } from '#shared/agent-state.ts'
import { BoardQuery, DEFAULT_QUERY, isFiltering, SortKey } from '#shared/board-query.ts'
import { decodeQuery, encodeQuery } from '#shared/board-query-address.ts'
import { LabelId } from '#shared/ids.ts'
import { compareCards, type MatchContext, matches } from '#shared/match-card.ts'
import { Priority, type TaskCard, toTaskCard } from '#shared/task.ts'
import { task, uuid } from '../renderer/fixtures.ts'

const LABELS = [1, 2, 3].map((number) => LabelId.parse(uuid(800 + number)))
const [RED, BLUE] = LABELS

let seed = 42
function chance(below: number): number {
  seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
  return Math.floor((seed / 2 ** 31) * below)
}
function pick<T>(list: readonly T[]): T {
  return list[chance(list.length)] as T
}
function some<T>(list: readonly T[]): T[] {
  return list.filter(() => chance(2) === 0)
}

function anyQuery(): BoardQuery {
  return BoardQuery.parse({
    text: pick(['', 'Käse & Brot=1', '  a  b ', '日本語', '#?%+', '🙂']),
    label_ids: some(LABELS),
    label_mode: pick(['any', 'all']),
    priorities: some([...Priority.options, 'none']),
    assignees: some(['none', 'me', 'person:1', 'Ada, Countess & Co=']),
    agent_states: some(AgentState.options),
    due: pick(['any', 'overdue', 'today', 'week', 'none']),
    blocked: pick(['any', 'blocked', 'free']),
    sort: { by: pick(SortKey.options), direction: pick(['asc', 'desc']) },
    group_by: pick(['none', 'column', 'priority', 'label', 'assignee']),
    view: pick(['board', 'table', 'timeline', 'insights']),
  })
}

function anyCard(number: number): TaskCard {
  return toTaskCard(
    task(number, {
      title: pick(['Fix login', 'fix Login 10', 'Fix login 9', 'Ärger', 'x']),
      label_ids: some(LABELS),
      priority: pick([...Priority.options, null]),
      assigned_to: pick([null, 'person:1', 'agent:scripted']),
      due_date: pick([null, '2026-03-01', '2026-03-04', '2026-03-10']),
      estimate: pick([null, 1, 2]),
      order: chance(3),
    }),
  )
}

const context: MatchContext = {
  key: 'RNG',
  today: '2026-03-04',
  me: 'person:1',
  agentState: () => 'none',
  isBlocked: () => false,
  isDone: () => false,
}

describe('in an address', () => {
  it('every query comes back as it was, through text', () => {
    for (let round = 0; round < 500; round += 1) {
      const query = anyQuery()
      expect(decodeQuery(new URLSearchParams(new URLSearchParams(encodeQuery(query)).toString()))).toEqual(
        query,
      )
    }
  })

  it('the default takes no room', () => {
    expect(encodeQuery(DEFAULT_QUERY)).toEqual([])
  })

  it('junk is left out, the rest counts', () => {
    const junk = `q=a&label=nonsense&label=${RED}&priority=urgent&priority=never&due=someday&sort=-priority&view=&sort=x`
    expect(decodeQuery(new URLSearchParams(junk))).toEqual({
      ...DEFAULT_QUERY,
      text: 'a',
      label_ids: [RED],
      priorities: ['urgent'],
      sort: { by: 'priority', direction: 'desc' },
    })
    for (let round = 0; round < 500; round += 1) {
      const noise = Array.from(
        { length: 6 },
        () => `${pick(['q', 'sort', 'label', 'due', '%', '='])}=${chance(1e6)}`,
      )
      const query = decodeQuery(new URLSearchParams(noise.join('&')))
      expect(BoardQuery.parse(query)).toEqual(query)
    }
  })
})

describe('a card', () => {
  const query = (values: Partial<BoardQuery>): BoardQuery => ({ ...DEFAULT_QUERY, ...values })
  const card = (values: Parameters<typeof task>[1] = {}) =>
    toTaskCard(task(12, { title: 'Fix the Login', ...values }))

  it.each<[string, Partial<BoardQuery>, Parameters<typeof task>[1], boolean]>([
    ['by a word in any case', { text: 'LOGIN fix' }, {}, true],
    ['by its key', { text: 'rng-12' }, {}, true],
    ['not by a word that is missing', { text: 'login logout' }, {}, false],
    ['by any label', { label_ids: LABELS.slice(0, 2) }, { label_ids: LABELS.slice(1) }, true],
    [
      'not by all labels',
      { label_ids: LABELS.slice(0, 2), label_mode: 'all' },
      { label_ids: LABELS.slice(1) },
      false,
    ],
    ['without a priority', { priorities: ['none', 'low'] }, {}, true],
    ['of another priority', { priorities: ['low'] }, { priority: 'high' }, false],
    ['of nobody', { assignees: ['none'] }, {}, true],
    ['mine', { assignees: ['me'] }, { assigned_to: 'person:1' }, true],
    ['not mine', { assignees: ['me'] }, { assigned_to: 'person:2' }, false],
    ['overdue', { due: 'overdue' }, { due_date: '2026-03-03' }, true],
    ['due today is not overdue', { due: 'overdue' }, { due_date: '2026-03-04' }, false],
    ['in a week', { due: 'week' }, { due_date: '2026-03-10' }, true],
    ['beyond a week', { due: 'week' }, { due_date: '2026-03-11' }, false],
    ['without a day', { due: 'none' }, {}, true],
    ['free', { blocked: 'free' }, {}, true],
    ['not blocked', { blocked: 'blocked' }, {}, false],
    ['without agents', { agent_states: ['none'] }, {}, true],
  ])('%s', (_, values, fields, found) => {
    expect(matches(card(fields), query(values), context)).toBe(found)
  })

  it('that is done is never overdue', () => {
    const done = { ...context, isDone: () => true }
    expect(matches(card({ due_date: '2020-01-01' }), query({ due: 'overdue' }), done)).toBe(false)
  })

  it('is shown exactly when each part alone shows it', () => {
    for (let round = 0; round < 500; round += 1) {
      const [one, all] = [anyCard(round), anyQuery()]
      const alone: Partial<BoardQuery>[] = [
        { text: all.text },
        { label_ids: all.label_ids, label_mode: all.label_mode },
        { priorities: all.priorities },
        { assignees: all.assignees },
        { agent_states: all.agent_states },
        { due: all.due },
        { blocked: all.blocked },
      ]
      const shown = matches(one, all, context)
      expect(shown).toBe(alone.every((part) => matches(one, query(part), context)))
      if (!isFiltering(all)) expect(shown).toBe(true)
    }
  })

  it('with the label of a filter is among those of any', () => {
    expect(BLUE && matches(card({ label_ids: [BLUE] }), query({ label_ids: [BLUE] }), context)).toBe(true)
  })
})

describe('sorted', () => {
  it('the order is one and the same whatever order the cards came in, by every key', () => {
    const cards = Array.from({ length: 40 }, (_, number) => anyCard(number))
    for (const by of SortKey.options) {
      for (const direction of ['asc', 'desc'] as const) {
        const compare = compareCards({ sort: { by, direction } })
        const once = cards.toSorted(compare).map((card) => card.number)
        const again = cards
          .toReversed()
          .toSorted(compare)
          .map((card) => card.number)
        expect(again).toEqual(once)
      }
    }
  })

  it('the most urgent come first, those without a priority last in either direction', () => {
    const cards = [null, 'low', 'urgent', 'medium', 'high'] as const
    const order = (direction: 'asc' | 'desc') =>
      cards
        .map((priority, index) => toTaskCard(task(index, { priority })))
        .toSorted(compareCards({ sort: { by: 'priority', direction } }))
        .map((card) => card.priority)
    expect(order('asc')).toEqual(['urgent', 'high', 'medium', 'low', null])
    expect(order('desc')).toEqual(['low', 'medium', 'high', 'urgent', null])
  })
})

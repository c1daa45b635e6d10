import { describe, expect, it } from 'vitest'
import { LabelId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import { toTaskCard } from '#shared/task.ts'
import { cardsInLanes, laneRows, lanesOf } from '../../../renderer/features/board/lanes.ts'
import { fieldsOfGroup, groupCards } from '../../../renderer/lib/card-groups.ts'
import { at, BOARD, column, LEFT, RIGHT, task, uuid } from './fixtures.ts'

const BUG = LabelId.parse(uuid(900))
const IDEA = LabelId.parse(uuid(901))
const label = (id: LabelId, name: string): Label => ({
  id,
  board_id: BOARD,
  name,
  color: '#112233',
  created_at: at(0),
  updated_at: at(0),
})
const facts = {
  columns: [column(LEFT, 1), column(RIGHT, 2)],
  labels: new Map([IDEA, BUG].map((id) => [id, label(id, id === BUG ? 'Bug' : 'Idea')])),
  people: [],
}
const card = (number: number, values = {}) => toTaskCard(task(number, values))
const cards = [
  card(1, { label_ids: [IDEA] }),
  card(2, { priority: 'urgent' }),
  card(3, { label_ids: [IDEA, BUG], column_id: RIGHT }),
]
const numbers = (list: readonly { number: number }[]) => list.map(({ number }) => number)

describe('groups of cards', () => {
  it('stand in the order of their values; a card with several labels is in one', () => {
    const groups = groupCards(cards, 'label', facts)
    expect(groups.map(({ name, cards: all }) => [name, numbers(all)])).toEqual([
      ['Bug', [3]],
      ['Idea', [1]],
      ['No label', [2]],
    ])
  })

  it('give a card that is put into them their value, and keep its other labels', () => {
    const [first, , third] = cards as [(typeof cards)[0], (typeof cards)[0], (typeof cards)[0]]
    expect(fieldsOfGroup('label', IDEA, third, facts)).toEqual({ label_ids: [IDEA] })
    expect(fieldsOfGroup('label', BUG, first, facts)).toEqual({ label_ids: [BUG] })
    expect(fieldsOfGroup('label', 'none', third, facts)).toEqual({ label_ids: [IDEA] })
    expect(fieldsOfGroup('priority', 'none', first, facts)).toEqual({ priority: null })
    expect(fieldsOfGroup('assignee', 'agent:anthropic', first, facts)).toEqual({
      assigned_to: 'agent:anthropic',
    })
  })
})

describe('swimlanes', () => {
  const lanes = lanesOf(groupCards([...cards, card(4)], 'priority', facts))

  it('have as many rows as their fullest column, and none when they are closed', () => {
    const shape = (closed: string[]) =>
      laneRows(lanes, new Set(closed)).map((row) => (row.kind === 'head' ? row.lane.group.id : row.index))
    expect(shape([])).toEqual(['urgent', 0, 'none', 0, 1])
    expect(shape(['none'])).toEqual(['urgent', 0, 'none'])
  })

  it('are walked over one below the other', () => {
    const walked = cardsInLanes(facts.columns, lanes)
    expect([...walked.values()].map(numbers)).toEqual([[2, 1, 4], [3]])
  })
})

import { describe, expect, test } from 'vitest'
import { Activity } from '#shared/activity.ts'
import {
  dayName,
  type FeedPage,
  groupByDay,
  isShown,
  itemsOf,
  withNews,
} from '../../../renderer/features/activity/feed-pages.ts'
import { splitSentence } from '../../../renderer/features/activity/sentence.ts'
import { BOARD, taskId } from './fixtures.ts'

function line(id: number, values: Partial<Activity> = {}): Activity {
  return Activity.parse({
    id: String(id),
    board_id: BOARD,
    task_id: taskId(1),
    task_execution_id: null,
    actor: { type: 'person', id: null, name: 'Ada' },
    event_type: 'moved',
    message: 'moved B-1 “Card 1” from Left to Right',
    metadata: { key: 'B-1', title: 'Card 1', from: 'Left', to: 'Right' },
    created_at: new Date(2026, 10, 22, 12, 0, id),
    ...values,
  })
}

const page = (ids: number[], isLast = false): FeedPage => ({
  items: ids.map((id) => line(id)),
  isLast,
  newestId: String(ids[0] ?? 0),
})

describe('pages', () => {
  test('news come in front of the first page, newest first, and once', () => {
    const pages = [page([9, 8]), page([7, 6], true)]
    const next = withNews(withNews(pages, [line(9), line(10), line(11)]), [line(11)])
    expect(itemsOf(next).map(({ id }) => id)).toEqual(['11', '10', '9', '8', '7', '6'])
    expect(next[1]).toBe(pages[1])
  })

  test('ids are numbers, however long', () => {
    const next = withNews([page([99])], [line(100)])
    expect(itemsOf(next).map(({ id }) => id)).toEqual(['100', '99'])
  })

  test('news of an empty feed', () => {
    expect(itemsOf(withNews([page([], true)], [line(1)])).map(({ id }) => id)).toEqual(['1'])
  })

  test('the app itself is neither people nor agents', () => {
    const system = line(1, { actor: { type: 'system', id: null, name: 'Agent Rangers' } })
    const shown = (['all', 'people', 'agents'] as const).map((actors) => isShown(system, actors))
    expect(shown).toEqual([true, false, false])
  })
})

describe('days', () => {
  test('are those of the person’s own calendar', () => {
    const days = groupByDay([
      line(3, { created_at: new Date(2026, 10, 22, 0, 0) }),
      line(2, { created_at: new Date(2026, 10, 21, 23, 59) }),
      line(1, { created_at: new Date(2026, 10, 21, 0, 0) }),
    ])
    expect(days.map(({ id, items }) => [id, items.length])).toEqual([
      ['2026-11-22', 1],
      ['2026-11-21', 2],
    ])
  })

  test('a clock that is ahead does not begin a day twice', () => {
    const times = [
      new Date(2026, 10, 21, 23, 59),
      new Date(2026, 10, 22, 0, 1),
      new Date(2026, 10, 21, 23, 58),
    ]
    const days = groupByDay(times.map((created_at, index) => line(3 - index, { created_at })))
    expect(days.map(({ id, items }) => [id, items.length])).toEqual([['2026-11-21', 3]])
  })

  test('have the names that people use', () => {
    const now = new Date(2026, 2, 1, 0, 30).getTime()
    const names = [
      new Date(2026, 2, 1, 0, 10),
      new Date(2026, 1, 28, 23, 0),
      new Date(2026, 1, 27),
      new Date(2025, 11, 31),
    ].map((date) => dayName(date, now))
    expect(names.slice(0, 2)).toEqual(['Today', 'Yesterday'])
    expect(names[2]).toMatch(/27/)
    expect(names[2]).not.toMatch(/2026/)
    expect(names[3]).toMatch(/2025/)
  })
})

describe('sentences', () => {
  test('are split around the key of their card', () => {
    expect(splitSentence(line(1), false)).toEqual({
      before: 'moved ',
      key: 'B-1',
      after: ' “Card 1” from Left to Right',
    })
  })

  test('an old title that looks like the key does not mislead', () => {
    const renamed = line(1, { message: 'renamed “B-1” to B-1 “Card 1”' })
    expect(splitSentence(renamed, false).before).toBe('renamed “B-1” to ')
  })

  test('in the feed of a card it is “this card”, whatever its title', () => {
    const odd = line(1, { message: 'merged B-1 “$& $1” into main', metadata: { key: 'B-1', title: '$& $1' } })
    expect(splitSentence(odd, true).before).toBe('merged this card into main')
  })

  test('about something else they stay whole', () => {
    const column = line(1, { task_id: null, message: 'created the column “B-1”', metadata: { name: 'B-1' } })
    expect(splitSentence(column, false)).toEqual({ before: 'created the column “B-1”', key: '', after: '' })
  })
})

import { expect, test } from 'vitest'
import { cycleAxis, cycleMarks, daysOf } from '../../../renderer/features/insights/cycle-scale.ts'

const MINUTE = 1 / 24 / 60

test('lines that are far from each other each have their words', () => {
  expect(cycleMarks(1, 4, 10)).toEqual([
    { at: 1, text: '50 %: 1 day' },
    { at: 4, text: '85 %: 4 days' },
  ])
})

test('lines that lie on or near each other share one text', () => {
  expect(cycleMarks(2, 2, 2)).toEqual([{ at: 2, text: '50 % – 85 %: 2 days' }])
  expect(cycleMarks(2, 2.5, 10)).toEqual([
    { at: 2, text: '' },
    { at: 2.5, text: '50 %: 2 days · 85 %: 2.5 days' },
  ])
  expect(cycleMarks(MINUTE, MINUTE * 1.1, 30)).toEqual([
    { at: MINUTE, text: '' },
    { at: MINUTE * 1.1, text: '50 % – 85 %: 1 minute' },
  ])
})

test('the axis counts in whole minutes, hours or days, in at most five ticks, with room at the top', () => {
  for (const [top, names] of [
    [0, ['0 min', '1 min']],
    [MINUTE * 9, ['0 min', '3 min', '6 min', '9 min', '12 min']],
    [0.5, ['0 h', '5 h', '10 h', '15 h']],
    [3, ['0 d', '1 d', '2 d', '3 d', '4 d']],
    [400, ['0 d', '200 d', '400 d', '600 d']],
  ] as const) {
    const { ticks, name } = cycleAxis(top)
    expect(ticks.map(name)).toEqual(names)
    expect(ticks.at(-1)).toBeGreaterThan(top)
  }
})

test('each day is named once, at the first moment of it', () => {
  const at = (day: number, hour: number) => new Date(2026, 10, day, hour).getTime()
  expect(daysOf([at(22, 9), at(21, 8), at(22, 3), at(22, 23)])).toEqual([at(21, 8), at(22, 3)])
  expect(daysOf([])).toEqual([])
})

import { expect, it } from 'vitest'
import { workTime } from '../../../renderer/lib/work-time.ts'
import { step } from './fixtures.ts'

const DAY = 24 * 3_600_000

it('the day until a person asks for another round is no work', () => {
  const steps = [step(1, {}, 1_000), step(2, { status: 'running', duration_ms: null }, DAY)]
  expect(workTime(new Date(0), steps, DAY + 2_000)).toBe(1_000 + 4_000 + 2_000)
})

it('a run that prepares its first step is at work', () => {
  expect(workTime(new Date(0), [], 3_000)).toBe(3_000)
})

it('steps side by side count once', () => {
  const steps = [step(1, {}, 1_000), step(2, {}, 2_000)]
  expect(workTime(new Date(0), steps, DAY)).toBe(1_000 + 5_000)
})

import { expect, it } from 'vitest'
import { stepTime, waitingSince, waitTime, workTime } from '#shared/work-time.ts'
import { step } from '../renderer/fixtures.ts'

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

const waited = (from: number, until: number | null) => ({
  from: new Date(from),
  until: until === null ? null : new Date(until),
})

it('what a step waited for a person is no work, several answers at once only once', () => {
  const waits = [waited(1_000, 2_000), waited(1_500, 3_000)]
  const steps = [step(1, { waits }, 0)]
  expect(stepTime(step(1, { waits }, 0), DAY)).toBe(2_000)
  expect(workTime(new Date(0), steps, DAY)).toBe(2_000)
  expect(waitTime(waits, DAY)).toBe(2_000)
})

it('the time of a step stands still while it waits', () => {
  const waiting = step(1, { status: 'running', duration_ms: null, waits: [waited(1_000, null)] }, 0)
  expect([stepTime(waiting, 5_000), stepTime(waiting, DAY)]).toEqual([1_000, 1_000])
  expect(waitTime(waiting.waits, DAY)).toBe(DAY - 1_000)
  expect(waitingSince(waiting.waits)).toEqual(new Date(1_000))
})

it('a step waits while the one beside it works: both count', () => {
  const waiting = step(1, { waits: [waited(0, 3_000)] }, 0)
  expect(workTime(new Date(0), [waiting, step(2, {}, 1_000)], DAY)).toBe(4_000)
})

it('clocks that differ make no time of a wait outside its step', () => {
  const skewed = step(1, { waits: [waited(-9_000, -5_000), waited(8_000, 9_000)] }, 0)
  expect(stepTime(skewed, DAY)).toBe(4_000)
})

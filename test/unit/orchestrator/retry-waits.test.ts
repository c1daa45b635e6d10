import { expect, it } from 'vitest'
import { RetryWaits } from '#electron/orchestrator/retry-waits.ts'
import { ExecutionId, StepId } from '#shared/ids.ts'

const RUN = ExecutionId.parse('0199b7a0-0000-7000-8000-000000000001')
const OTHER = ExecutionId.parse('0199b7a0-0000-7000-8000-000000000002')
const [FIRST, SECOND] = ['3', '4'].map((last) => StepId.parse(`0199b7a0-0000-7000-8000-00000000000${last}`))
const wait = (seconds: number) => ({
  until: new Date(seconds * 1000),
  attempt: 1,
  max: 8,
  cause: 'overloaded' as const,
})

it('a run with several steps waits until the last of them, and is hurried as a whole; other runs are not', () => {
  if (!FIRST || !SECOND) throw new Error('no steps')
  const waits = new RetryWaits()
  waits.begin(RUN, FIRST, wait(30))
  waits.begin(RUN, SECOND, wait(10))
  expect(waits.of(RUN)).toEqual({ ...wait(30), can_try_now: false })
  expect(waits.hurry(RUN)).toBe(false) // both within the programs of agents

  const hurried = [waits.hurried(FIRST), waits.hurried(SECOND)]
  expect(waits.of(RUN)).toEqual({ ...wait(30), can_try_now: true })
  expect(waits.hurry(OTHER)).toBe(false)
  expect(hurried.map((signal) => signal?.aborted)).toEqual([false, false])
  expect(waits.hurry(RUN)).toBe(true)
  expect(hurried.map((signal) => signal?.aborted)).toEqual([true, true])

  expect([waits.end(FIRST), waits.end(SECOND), waits.end(FIRST)]).toEqual([true, true, false])
  expect(waits.of(RUN)).toBeNull()
})

import { expect, it } from 'vitest'
import { Step } from '#shared/execution.ts'
import { workTime } from '../../../renderer/features/execution/work-time.ts'
import { uuid } from './fixtures.ts'

const DAY = 24 * 3_600_000

function step(sequence: number, startedAt: number, values: Partial<Step>): Step {
  return Step.parse({
    id: uuid(700 + sequence),
    execution_id: uuid(501),
    sequence,
    phase: 'development',
    iteration: sequence,
    status: 'completed',
    output_content: null,
    verdict: null,
    files_changed: [],
    head_commit: null,
    model: null,
    usage: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
    cost_usd: null,
    duration_ms: 4_000,
    error_message: null,
    started_at: new Date(startedAt),
    completed_at: new Date(startedAt + 4_000),
    ...values,
  })
}

it('the day until a person asks for another round is no work', () => {
  const steps = [step(1, 1_000, {}), step(2, DAY, { status: 'running', duration_ms: null })]
  expect(workTime(new Date(0), steps, DAY + 2_000)).toBe(1_000 + 4_000 + 2_000)
})

it('a run that prepares its first step is at work', () => {
  expect(workTime(new Date(0), [], 3_000)).toBe(3_000)
})

it('steps side by side count once', () => {
  const steps = [step(1, 1_000, {}), step(2, 2_000, {})]
  expect(workTime(new Date(0), steps, DAY)).toBe(1_000 + 5_000)
})

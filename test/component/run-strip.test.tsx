import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Step } from '#shared/execution.ts'
import { RunStrip } from '../../renderer/features/execution/run-strip.tsx'
import { uuid } from '../unit/renderer/fixtures.ts'
import { InWindow } from './helpers/in-window.tsx'

function step(sequence: number, values: Partial<Step>): Step {
  return Step.parse({
    id: uuid(700 + sequence),
    execution_id: uuid(501),
    sequence,
    phase: 'development',
    iteration: 1,
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
    started_at: new Date(0),
    completed_at: new Date(4_000),
    ...values,
  })
}

it('of a step whose end nobody saw the strip claims no time', () => {
  const steps = [step(1, { status: 'interrupted', duration_ms: null }), step(2, {})]
  render(<RunStrip steps={steps} />, { wrapper: InWindow })
  expect(screen.getAllByRole('listitem').map((part) => part.textContent)).toEqual([
    'Developer, round 1: time unknown',
    'Developer, round 1: 4 s',
  ])
})

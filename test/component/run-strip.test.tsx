import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { Rounds } from '../../renderer/features/execution/rounds.tsx'
import { RunStrip } from '../../renderer/features/execution/run-strip.tsx'
import { step } from '../unit/renderer/fixtures.ts'
import { InWindow } from './helpers/in-window.tsx'

it('of a step whose end nobody saw the strip claims no time', () => {
  const steps = [step(1, { status: 'interrupted', duration_ms: null }), step(2)]
  render(<RunStrip run={{ steps, started_at: new Date(0) }} />, { wrapper: InWindow })
  expect(screen.getAllByRole('listitem').map((part) => part.textContent)).toEqual([
    'Developer, round 1: time unknown',
    'Developer, round 1: 4 s',
  ])
})

it('a review that a person has made is theirs, and no part of where the time went', () => {
  const review = { phase: 'review' as const, provider: 'anthropic' as const, duration_ms: 2_000 }
  const own = { ...review, provider: null, duration_ms: 0 }
  const steps = [step(1, { provider: 'anthropic' }), step(2, review), step(3, own)]
  render(<RunStrip run={{ steps, started_at: new Date(0) }} />, { wrapper: InWindow })
  expect(screen.getAllByRole('listitem').map((part) => part.textContent)).toEqual([
    'Developer, round 1: 4 s',
    'Reviewer, round 1: 2 s',
  ])
})

it('what was waited for a person is no part of where the time went', () => {
  const waits = [{ from: new Date(1_000), until: new Date(3_000) }]
  const steps = [step(1, { waits }), step(2, { phase: 'review', duration_ms: 1_000 }, 4_000)]
  render(<RunStrip run={{ steps, started_at: new Date(0) }} />, { wrapper: InWindow })
  expect(screen.getByRole('list', { name: 'Where the time went: 3 s in all' }).textContent).toBe(
    'Developer, round 1: 2 sReviewer, round 1: 1 s',
  )
})

it('a clarity check that came to nothing while the run went on is a warning, one that ended the run a failure', () => {
  const failed = { phase: 'clarity', status: 'failed', error_message: 'The agent ended.' } as const
  const steps = [step(1, { ...failed, head_commit: 'a'.repeat(40) }), step(2), step(3, failed)]
  render(
    <>
      <RunStrip run={{ steps, started_at: new Date(0) }} />
      <Rounds steps={steps} checks={[]} onCompare={null} />
    </>,
    { wrapper: InWindow },
  )
  const [strip] = screen.getAllByRole('list')
  expect([...(strip?.children ?? [])].map((part) => part.getAttribute('data-status'))).toEqual([
    'stopped',
    'completed',
    'failed',
  ])
  const [passedBy, ended] = screen.getAllByRole('button', { name: /^Clarity check/ })
  expect(passedBy?.textContent).toContain('No result, went on')
  expect(passedBy?.textContent).not.toContain('Failed')
  expect(ended?.textContent).toContain('Failed')
})

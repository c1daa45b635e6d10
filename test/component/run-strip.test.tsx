import { render, screen } from '@testing-library/react'
import { expect, it } from 'vitest'
import { RunStrip } from '../../renderer/features/execution/run-strip.tsx'
import { step } from '../unit/renderer/fixtures.ts'
import { InWindow } from './helpers/in-window.tsx'

it('of a step whose end nobody saw the strip claims no time', () => {
  const steps = [step(1, { status: 'interrupted', duration_ms: null }), step(2)]
  render(<RunStrip steps={steps} />, { wrapper: InWindow })
  expect(screen.getAllByRole('listitem').map((part) => part.textContent)).toEqual([
    'Developer, round 1: time unknown',
    'Developer, round 1: 4 s',
  ])
})

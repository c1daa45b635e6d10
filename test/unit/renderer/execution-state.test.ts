import { describe, expect, it } from 'vitest'
import { adviceOf, executionActions, executionView } from '../../../renderer/lib/execution-state.ts'
import { execution } from './fixtures.ts'

describe('the state of an execution', () => {
  it.each([
    { values: { status: 'pending', current_phase: null }, label: 'Queued' },
    { values: { status: 'running', current_phase: 'fix' }, label: 'Fixing' },
    { values: { status: 'completed', files_changed: 1 }, label: 'Ready for review' },
    { values: { status: 'completed', files_changed: 0 }, label: 'Done, no changes' },
    { values: { status: 'completed', workflow_type: 'architecture_only' }, label: 'Plan ready' },
    { values: { status: 'blocked' }, label: 'Needs attention' },
    { values: { status: 'blocked', failure_kind: 'budget' }, label: 'Out of budget' },
    { values: { status: 'failed' }, label: 'Failed' },
    { values: { status: 'cancelled' }, label: 'Cancelled' },
    { values: { status: 'interrupted' }, label: 'Interrupted' },
    { values: { status: 'completed', resolution: 'merged' }, label: 'Merged' },
    { values: { status: 'failed', resolution: 'discarded' }, label: 'Discarded' },
  ] as const)('is shown as $label', ({ values, label }) => {
    expect(executionView(execution(1, values)).label).toBe(label)
  })

  it('never shows failed work in the colour of success', () => {
    const tones = (['failed', 'blocked', 'cancelled', 'interrupted'] as const).map(
      (status) => executionView(execution(1, { status })).tone,
    )
    expect(tones).not.toContain('good')
  })
})

describe('what can be done', () => {
  it('is to cancel what runs, and nothing else', () => {
    expect(executionActions(execution(1))).toEqual({
      run: false,
      cancel: true,
      resume: false,
      resolve: false,
      revert: false,
      restore: false,
    })
  })

  it('is to resume, resolve or run again what was interrupted', () => {
    expect(executionActions(execution(1, { status: 'interrupted' }))).toEqual({
      run: true,
      cancel: false,
      resume: true,
      resolve: true,
      revert: false,
      restore: false,
    })
  })

  it('is only to run again once the result was merged, and to revert that', () => {
    const folder = execution(1, { status: 'completed', resolution: 'merged', base_branch: null })
    const only = { run: true, cancel: false, resume: false, resolve: false, revert: true, restore: false }
    expect(executionActions(folder)).toEqual(only)
    expect(executionActions({ ...folder, base_branch: 'main' })).toEqual(only)
  })

  it('is to bring back what was discarded, where there was any work', () => {
    const discarded = execution(1, {
      status: 'completed',
      resolution: 'discarded',
      branch: 'rangers/B-1-sum',
    })
    expect(executionActions({ ...discarded, base_branch: 'main' })).toMatchObject({ restore: true })
    expect(executionActions({ ...discarded, base_branch: null })).toMatchObject({ restore: true })
    expect(executionActions({ ...discarded, branch: null })).toMatchObject({ restore: false })
  })
})

it('a failure is told on a card without what the service said', () => {
  expect(adviceOf('Choose another model. It said: model: x-1')).toBe('Choose another model.')
  expect(adviceOf('The check fails. Resume.')).toBe('The check fails. Resume.')
  expect(adviceOf(null)).toBeNull()
})

import { describe, expect, it } from 'vitest'
import { type Command, decide } from '#electron/orchestrator/decide.ts'
import type { ExecutionState } from '#electron/orchestrator/state.ts'
import { apply, approved, fresh, play } from './playing.ts'

describe('what does not fit the state is refused', () => {
  const running = apply(fresh, { type: 'start' })
  const completed = play(fresh, [approved]).end
  const merged = apply(completed, { type: 'merge' })

  it.each<[string, ExecutionState, Command]>([
    ['starting twice', running, { type: 'start' }],
    ['cancelling what has ended', completed, { type: 'cancel' }],
    ['resuming what is approved', completed, { type: 'resume' }],
    ['merging what still runs', running, { type: 'merge' }],
    ['discarding what still runs', running, { type: 'discard' }],
    ['approving what still runs', running, { type: 'approve', verdict: approved }],
    ['a step that is not due', running, { type: 'begin_step', path: 'rounds[1]/review' }],
    ['answers that nobody asked for', running, { type: 'answer_questions', skipped: true }],
    ['a gate where there is none', running, { type: 'await_gate' }],
    ['the end while something is due', running, { type: 'conclude' }],
    [
      'a step of something that has been cancelled',
      apply(fresh, { type: 'cancel' }),
      { type: 'begin_step', path: 'architecture' },
    ],
  ])('%s', (_name, state, command) => {
    expect(() => decide(state, command)).toThrow(expect.objectContaining({ code: 'PRECONDITION_FAILED' }))
  })

  it('a step that is done twice at once', () => {
    const begun = apply(running, { type: 'begin_step', path: 'architecture' })
    expect(() => decide(begun, { type: 'begin_step', path: 'architecture' })).toThrow('Cannot begin step')
  })

  it('merging or discarding a second time', () => {
    for (const type of ['merge', 'discard', 'resume'] as const) {
      expect(() => decide(merged, { type })).toThrow('This result has already been merged.')
    }
  })

  it('reverting what is not merged, while what is merged is open again and can be merged once more', () => {
    expect(() => decide(completed, { type: 'revert_merge' })).toThrow('This result is not merged')
    const open = apply(merged, { type: 'revert_merge' })
    expect(open).toMatchObject({ status: merged.status, resolution: 'none' })
    expect(apply(open, { type: 'merge' }).resolution).toBe('merged')
  })

  it('bringing back what is not discarded, while what is discarded is open again', () => {
    expect(() => decide(merged, { type: 'restore' })).toThrow('This result is not discarded')
    const open = apply(apply(completed, { type: 'discard' }), { type: 'restore' })
    expect(open).toMatchObject({ status: completed.status, resolution: 'none' })
    expect(apply(open, { type: 'merge' }).resolution).toBe('merged')
  })

  it('a late request to cancel what is finished', () => {
    expect(() => decide(completed, { type: 'cancel' })).toThrow('the run is completed')
  })
})

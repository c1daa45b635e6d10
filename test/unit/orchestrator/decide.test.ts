import { describe, expect, it } from 'vitest'
import { type Command, decide } from '#electron/orchestrator/decide.ts'
import { dueStep, type ExecutionState, evolve } from '#electron/orchestrator/state.ts'
import type { Phase, Verdict } from '#shared/execution.ts'

const fresh: ExecutionState = {
  status: 'pending',
  resolution: 'none',
  workflow: 'development',
  iteration: 1,
  maxIterations: 3,
  finished: [],
}
const approved: Verdict = { status: 'APPROVED', summary: 'Good.', findings: [] }
const changes: Verdict = {
  status: 'CHANGES_REQUESTED',
  summary: 'Not yet.',
  findings: [{ severity: 'major', file: 'a.ts', line: 1, finding: 'Wrong sign', suggestion: null }],
}

const apply = (state: ExecutionState, command: Command) => decide(state, command).reduce(evolve, state)

/** Plays a whole workflow; the reviewer gives the verdicts in turn. Returns the phases that ran and the end. */
function play(state: ExecutionState, verdicts: Verdict[]): { phases: string[]; end: ExecutionState } {
  const left = [...verdicts]
  const phases: string[] = []
  let now = apply(state, { type: 'start' })
  for (let step = dueStep(now); step && now.status === 'running'; step = dueStep(now)) {
    now = apply(now, { type: 'begin_step' })
    phases.push(`${step.phase} ${step.iteration}`)
    const verdict = step.phase === 'review' ? (left.shift() ?? null) : null
    now = apply(now, { type: 'finish_step', ...step, verdict })
  }
  return { phases, end: now }
}

describe('an execution', () => {
  it('goes from plan over development to an approving review', () => {
    const { phases, end } = play(fresh, [approved])
    expect(phases).toEqual(['architecture 1', 'development 1', 'review 1'])
    expect(end.status).toBe('completed')
  })

  it('has findings fixed and reviewed again, round after round', () => {
    const { phases, end } = play(fresh, [changes, changes, approved])
    expect(phases).toEqual([
      'architecture 1',
      'development 1',
      'review 1',
      'fix 2',
      'review 2',
      'fix 3',
      'review 3',
    ])
    expect(end).toMatchObject({ status: 'completed', iteration: 3 })
  })

  it('needs attention when the rounds are used up, and is never approved by accident', () => {
    expect(play({ ...fresh, maxIterations: 2 }, [changes, changes]).end.status).toBe('blocked')
    expect(play({ ...fresh, maxIterations: 1 }, []).end.status).toBe('blocked')
  })

  it('gets one more round when it is resumed with its rounds used up', () => {
    const blocked = play({ ...fresh, maxIterations: 1 }, [changes]).end
    const resumed = apply(blocked, { type: 'resume' })
    expect(resumed).toMatchObject({ status: 'running', maxIterations: 2 })
    expect(dueStep(resumed)).toEqual({ phase: 'fix', iteration: 2 })
  })

  it('goes on after the last finished step when it was interrupted', () => {
    const running = apply(fresh, { type: 'start' })
    const planned = apply(running, {
      type: 'finish_step',
      phase: 'architecture',
      iteration: 1,
      verdict: null,
    })
    const resumed = apply(apply(planned, { type: 'interrupt' }), { type: 'resume' })
    expect(resumed).toMatchObject({ status: 'running', maxIterations: 3 })
    expect(dueStep(resumed)).toEqual({ phase: 'development', iteration: 1 })
  })

  it.each([
    ['quick_development', ['development 1', 'review 1']],
    ['architecture_only', ['architecture 1']],
  ] as const)('of %s runs %j', (workflow, expected) => {
    expect(play({ ...fresh, workflow }, [approved]).phases).toEqual(expected)
  })
})

describe('what does not fit the state is refused', () => {
  const completed = play(fresh, [approved]).end
  const merged = apply(completed, { type: 'merge' })

  it.each<[string, ExecutionState, Command]>([
    ['starting twice', apply(fresh, { type: 'start' }), { type: 'start' }],
    ['cancelling what has ended', completed, { type: 'cancel' }],
    ['resuming what is approved', completed, { type: 'resume' }],
    ['merging what still runs', apply(fresh, { type: 'start' }), { type: 'merge' }],
    ['discarding what still runs', apply(fresh, { type: 'start' }), { type: 'discard' }],
    ['a step of something that has been cancelled', apply(fresh, { type: 'cancel' }), { type: 'begin_step' }],
  ])('%s', (_name, state, command) => {
    expect(() => decide(state, command)).toThrow(expect.objectContaining({ code: 'PRECONDITION_FAILED' }))
  })

  it('merging or discarding a second time', () => {
    for (const type of ['merge', 'discard', 'resume'] as const) {
      expect(() => decide(merged, { type })).toThrow('This result has already been merged.')
    }
  })
})

it('a finished run cannot be turned into a cancelled one by a late request', () => {
  const phases: Phase[] = ['architecture', 'development']
  const late = phases.reduce(
    (state, phase) => apply(state, { type: 'finish_step', phase, iteration: 1, verdict: null }),
    apply(fresh, { type: 'start' }),
  )
  const end = apply(late, { type: 'finish_step', phase: 'review', iteration: 1, verdict: approved })
  expect(() => decide(end, { type: 'cancel' })).toThrow('the execution is completed')
})

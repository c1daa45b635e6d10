import { describe, expect, it } from 'vitest'
import { decide } from '#electron/orchestrator/decide.ts'
import { BUILT_IN_WORKFLOWS } from '#shared/built-in-workflows.ts'
import { UNREADABLE_VERDICT } from '#shared/unreadable-verdict.ts'
import { apply, approved, changes, doStep, fresh, nameOf, nextSteps, plain, play } from './playing.ts'

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

  it('says so where the reviewer gave no verdict that could be read', () => {
    const start = apply({ ...fresh, maxIterations: 1 }, { type: 'start' })
    const worked = doStep(doStep(start, null), null)
    const [review] = nextSteps(worked)
    if (!review) throw new Error('no review is due')
    const { path, phase, iteration } = review
    const step = { path, phase, iteration, verdict: UNREADABLE_VERDICT, checks: null, changed: false }
    const facts = decide(apply(worked, { type: 'begin_step', path }), { type: 'finish_step', step })
    const message = expect.stringMatching(/^The reviewer gave no verdict that could be read after 1 round\. /)
    expect(facts.at(-1)).toMatchObject({ type: 'blocked', message })
  })

  it('gets one more round when it is resumed with its rounds used up', () => {
    const blocked = play({ ...fresh, maxIterations: 1 }, [changes]).end
    const resumed = apply(blocked, { type: 'resume' })
    expect(resumed).toMatchObject({ status: 'running', maxIterations: 2 })
    expect(nextSteps(resumed)).toMatchObject([{ phase: 'fix', iteration: 2, findings: changes }])
  })

  it('goes on after the last finished step when it was interrupted', () => {
    const planned = doStep(apply(fresh, { type: 'start' }), null)
    const resumed = apply(apply(planned, { type: 'interrupt' }), { type: 'resume' })
    expect(resumed).toMatchObject({ status: 'running', maxIterations: 3 })
    expect(nextSteps(resumed).map(nameOf)).toEqual(['development 1'])
  })

  it.each([
    ['quick_development', ['development 1', 'review 1']],
    ['architecture_only', ['architecture 1']],
    ['review_only', ['review 1']],
  ] as const)('of %s runs %j', (workflow, expected) => {
    const definition = plain(BUILT_IN_WORKFLOWS[workflow].definition)
    const { phases, end } = play({ ...fresh, definition }, [approved])
    expect(phases).toEqual(expected)
    expect(end.status).toBe('completed')
  })

  it('has its card looked at for clarity first, and waits for the answers', () => {
    const begun = apply({ ...fresh, definition: { ...fresh.definition, clarity: true } }, { type: 'start' })
    const [step] = nextSteps(begun)
    expect(step).toMatchObject({ phase: 'clarity', iteration: 1 })
    const finished = {
      path: step?.path ?? '',
      phase: 'clarity',
      iteration: 1,
      verdict: null,
      checks: null,
      changed: false,
    } as const
    const asked = apply(apply(begun, { type: 'begin_step', path: finished.path }), {
      type: 'finish_step',
      step: finished,
      questions: 2,
    })
    expect(asked.status).toBe('awaiting_clarification')
    const answered = apply(asked, { type: 'answer_questions', skipped: false })
    expect(nextSteps(answered).map(nameOf)).toEqual(['architecture 1'])
  })

  it('is mended by what its checks say, without a review of what fails', () => {
    const planned = doStep(apply(fresh, { type: 'start' }), null)
    const failing = doStep(planned, null, 'failed')
    expect(nextSteps(failing).map(nameOf)).toEqual(['fix 2'])
    const mended = doStep(failing, null, 'passed')
    expect(nextSteps(mended).map(nameOf)).toEqual(['review 2'])
  })

  it('whose checks fail to the last round is blocked', () => {
    const planned = doStep(apply({ ...fresh, maxIterations: 1 }, { type: 'start' }), null)
    expect(doStep(planned, null, 'failed').status).toBe('blocked')
  })

  it('without budget is blocked, and goes on when it is resumed', () => {
    const running = apply(fresh, { type: 'start' })
    const blocked = apply(running, { type: 'fail', kind: 'budget', message: 'The limit is reached.' })
    expect(blocked.status).toBe('blocked')
    expect(apply(blocked, { type: 'resume' })).toMatchObject({ status: 'running', maxIterations: 3 })
  })
})

import { describe, expect, it } from 'vitest'
import { type Command, decide } from '#electron/orchestrator/decide.ts'
import type { DueStep } from '#electron/orchestrator/due.ts'
import { dueOf, type ExecutionState, evolve } from '#electron/orchestrator/state.ts'
import { BUILT_IN_WORKFLOWS } from '#shared/built-in-workflows.ts'
import type { Verdict } from '#shared/execution.ts'
import type { WorkflowDefinition } from '#shared/workflow.ts'

const plain = (definition: WorkflowDefinition): WorkflowDefinition => ({ ...definition, clarity: false })
const fresh: ExecutionState = {
  status: 'pending',
  resolution: 'none',
  definition: plain(BUILT_IN_WORKFLOWS.development.definition),
  iteration: 1,
  maxIterations: 3,
  finished: [],
  begun: [],
  waitingMessages: 0,
}
const approved: Verdict = { status: 'APPROVED', summary: 'Good.', findings: [] }
const changes: Verdict = {
  status: 'CHANGES_REQUESTED',
  summary: 'Not yet.',
  findings: [{ severity: 'major', file: 'a.ts', line: 1, finding: 'Wrong sign', suggestion: null }],
}

const apply = (state: ExecutionState, command: Command) => decide(state, command).reduce(evolve, state)

const nextSteps = (state: ExecutionState): DueStep[] => {
  const due = dueOf(state)
  return due.type === 'steps' ? due.steps : []
}
const nameOf = ({ phase, iteration }: DueStep) => `${phase} ${iteration}`

/** Begins and finishes the first step that is due. */
function doStep(
  state: ExecutionState,
  verdict: Verdict | null,
  checks: 'passed' | 'failed' | null = null,
): ExecutionState {
  const [step] = nextSteps(state)
  if (!step) throw new Error('Nothing is due')
  const { path, phase, iteration } = step
  const finished = { path, phase, iteration, verdict, checks, changed: true }
  return apply(apply(state, { type: 'begin_step', path }), { type: 'finish_step', step: finished })
}

/** Plays to the end; the reviewer gives the verdicts in turn. Returns the phases that ran and the end. */
function play(state: ExecutionState, verdicts: Verdict[]): { phases: string[]; end: ExecutionState } {
  const left = [...verdicts]
  const phases: string[] = []
  let now = state.status === 'pending' ? apply(state, { type: 'start' }) : state
  for (let [step] = nextSteps(now); step && now.status === 'running'; [step] = nextSteps(now)) {
    phases.push(nameOf(step))
    now = doStep(now, step.phase === 'review' ? (left.shift() ?? null) : null)
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

describe('a person', () => {
  const completed = play(fresh, [approved]).end

  it('asks for changes of what the reviewer approved: the next round mends them', () => {
    const again = apply(completed, { type: 'request_changes', verdict: changes })
    expect(nextSteps(again)).toMatchObject([
      { phase: 'fix', iteration: 2, path: 'rounds[2]/development', findings: changes },
    ])
    expect(play(again, [approved])).toMatchObject({
      phases: ['fix 2', 'review 2'],
      end: { status: 'completed' },
    })
  })

  it('asks for changes although the rounds are used up: there is one more', () => {
    const used = play({ ...fresh, maxIterations: 1 }, [changes]).end
    const again = apply(used, { type: 'request_changes', verdict: changes })
    expect(again).toMatchObject({ status: 'running', maxIterations: 2 })
    expect(nextSteps(again).map(nameOf)).toEqual(['fix 2'])
  })

  it('asks for another plan, as often as they want', () => {
    const definition = plain(BUILT_IN_WORKFLOWS.architecture_only.definition)
    let now = play({ ...fresh, definition, maxIterations: 1 }, []).end
    for (const iteration of [2, 3]) {
      now = apply(now, { type: 'request_changes', verdict: changes })
      expect(nextSteps(now)).toMatchObject([{ phase: 'architecture', iteration, findings: changes }])
      now = play(now, []).end
      expect(now.status).toBe('completed')
    }
  })

  it('has the findings of a review mended', () => {
    const definition = plain(BUILT_IN_WORKFLOWS.review_only.definition)
    const blocked = play({ ...fresh, definition, maxIterations: 1 }, [changes]).end
    expect(blocked.status).toBe('blocked')
    const { phases, end } = play(apply(blocked, { type: 'resume' }), [approved])
    expect(phases).toEqual(['fix 2', 'review 2'])
    expect(end.status).toBe('completed')
  })

  it('approves what the reviewer did not, and merges it', () => {
    const used = play({ ...fresh, maxIterations: 1 }, [changes]).end
    const taken = apply(used, { type: 'approve', verdict: approved })
    expect(taken.status).toBe('completed')
    expect(apply(taken, { type: 'merge' }).resolution).toBe('merged')
  })

  it('says something while the last review is at work: it is heard before the end', () => {
    const reviewed = doStep(doStep(doStep(apply(fresh, { type: 'start' }), null), null), approved)
    expect(reviewed.status).toBe('completed')
    const heard = doStep(
      { ...doStep(doStep(apply(fresh, { type: 'start' }), null), null), waitingMessages: 1 },
      approved,
    )
    expect(heard.status).toBe('running')
    expect(nextSteps(heard).map(nameOf)).toEqual(['fix 2'])
  })

  it('pauses and resumes: no finished step is done again', () => {
    const planned = doStep(apply(fresh, { type: 'start' }), null)
    const paused = apply(planned, { type: 'pause' })
    expect(paused.status).toBe('paused')
    expect(nextSteps(apply(paused, { type: 'resume' })).map(nameOf)).toEqual(['development 1'])
  })
})

describe('a plan', () => {
  const asked = (maxIterations: number) => {
    const { nodes } = fresh.definition
    const gate = { kind: 'gate', id: 'agree', name: 'Agree', question: 'Like this?' } as const
    const definition = { clarity: false, nodes: [...nodes.slice(0, 1), gate, ...nodes.slice(1)] }
    return doStep({ ...fresh, definition, maxIterations, status: 'running' }, null)
  }
  const again = { type: 'answer_gate', approve: false, again: true, message: 'Smaller.' } as const
  const reach = (state: ExecutionState) => apply(state, { type: 'await_gate' })

  it('is written anew by what a person says, then they are asked again', () => {
    const returned = apply(reach(asked(3)), again)
    expect(nextSteps(returned)).toMatchObject([
      {
        path: 'agree[2]/architecture',
        phase: 'architecture',
        iteration: 1,
        findings: { summary: 'Smaller.' },
      },
    ])
    const second = reach(doStep(returned, null))
    expect(dueOf(second)).toMatchObject({ type: 'gate', path: 'agree[2]', plan: 2 })
    const agreed = apply(second, { type: 'answer_gate', approve: true, message: null })
    expect(nextSteps(agreed)).toMatchObject([{ phase: 'development', iteration: 1, findings: null }])
  })

  it('is not written more often than rounds are allowed', () => {
    expect(() => decide(reach(asked(1)), again)).toThrow(/has been written once/)
  })
})

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

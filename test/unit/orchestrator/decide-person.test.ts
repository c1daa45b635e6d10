import { describe, expect, it } from 'vitest'
import { decide } from '#electron/orchestrator/decide.ts'
import { dueOf, type ExecutionState } from '#electron/orchestrator/state.ts'
import { BUILT_IN_WORKFLOWS } from '#shared/built-in-workflows.ts'
import { apply, approved, changes, doStep, fresh, nameOf, nextSteps, plain, play } from './playing.ts'

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

import { type Command, decide } from '#electron/orchestrator/decide.ts'
import type { DueStep } from '#electron/orchestrator/due.ts'
import { dueOf, type ExecutionState, evolve } from '#electron/orchestrator/state.ts'
import { BUILT_IN_WORKFLOWS } from '#shared/built-in-workflows.ts'
import type { Verdict } from '#shared/execution.ts'
import type { WorkflowDefinition } from '#shared/workflow.ts'

export const plain = (definition: WorkflowDefinition): WorkflowDefinition => ({
  ...definition,
  clarity: false,
})
export const fresh: ExecutionState = {
  status: 'pending',
  resolution: 'none',
  definition: plain(BUILT_IN_WORKFLOWS.development.definition),
  iteration: 1,
  maxIterations: 3,
  finished: [],
  begun: [],
  waitingMessages: 0,
}
export const approved: Verdict = { status: 'APPROVED', summary: 'Good.', findings: [] }
export const changes: Verdict = {
  status: 'CHANGES_REQUESTED',
  summary: 'Not yet.',
  findings: [{ severity: 'major', file: 'a.ts', line: 1, finding: 'Wrong sign', suggestion: null }],
}

export const apply = (state: ExecutionState, command: Command) => decide(state, command).reduce(evolve, state)

export const nextSteps = (state: ExecutionState): DueStep[] => {
  const due = dueOf(state)
  return due.type === 'steps' ? due.steps : []
}
export const nameOf = ({ phase, iteration }: DueStep) => `${phase} ${iteration}`

/** Begins and finishes the first step that is due. */
export function doStep(
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
export function play(state: ExecutionState, verdicts: Verdict[]): { phases: string[]; end: ExecutionState } {
  const left = [...verdicts]
  const phases: string[] = []
  let now = state.status === 'pending' ? apply(state, { type: 'start' }) : state
  for (let [step] = nextSteps(now); step && now.status === 'running'; [step] = nextSteps(now)) {
    phases.push(nameOf(step))
    now = doStep(now, step.phase === 'review' ? (left.shift() ?? null) : null)
  }
  return { phases, end: now }
}

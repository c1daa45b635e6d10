import { beginningOf, type StepBeginning } from './begin-step.ts'
import type { Follow } from './record.ts'
import type { OrchestratorContext, Run } from './run-context.ts'
import { dueOf } from './state.ts'

/** The step that begins with the end of the one before it, in its transaction. */
export interface NextStep {
  follow: Follow
  /** Null: something else is due, or nobody is to begin anything any more. */
  readonly beginning: StepBeginning | null
}

/** For a step that is alone: which of several is the last is not known before it is recorded. */
export function nextStep(ctx: OrchestratorContext, run: Run, signal: AbortSignal): NextStep {
  let beginning: StepBeginning | null = null
  return {
    follow(state) {
      beginning = null // a transaction may be run again
      if (signal.aborted || state.status !== 'running' || state.begun.length > 0) return null
      const due = dueOf(state)
      if (due.type !== 'steps' || due.steps.length > 1) return null
      beginning = beginningOf(ctx, run, due.steps[0])
      return beginning
    },
    get beginning() {
      return beginning
    },
  }
}

import type { Step } from '#shared/execution.ts'
import { texts } from '../../lib/texts/texts.ts'

/** Of a step that has failed by no fault of the work: what came of it. Null of all others. */
export function stepWarning(step: Step): string | null {
  if (step.stopped_by_budget) return texts.execution.stoppedByBudget
  return isPassedBy(step) ? texts.execution.noResultWentOn : null
}

/** A clarity check that came to nothing holds nothing up; one with which the run ended stands at no commit. */
function isPassedBy({ phase, status, head_commit }: Step): boolean {
  return phase === 'clarity' && status === 'failed' && head_commit !== null
}

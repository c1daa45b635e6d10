import type { ExecutionSummary } from '#shared/execution.ts'
import { withoutDemoMark } from './demo-text.ts'
import { PHASE_VERB } from './execution-state.ts'
import { plainLine } from './plain-line.ts'
import { texts } from './texts/texts.ts'
import { hasClarityField, hasVerdictField, isVerdictText, WRITING_VERDICT } from './verdict-text.ts'

/** What agents do right now, as plain text in one line; something is always said of what runs. */
export function activityText({
  status,
  activity_line: line,
  current_phase: phase,
}: Pick<ExecutionSummary, 'status' | 'activity_line' | 'current_phase'>): string {
  if (status === 'pending') return texts.executionState.waitsForTurn
  if (status === 'running' && line && !(phase === 'clarity' && isClarityAnswer(line))) {
    if (phase === 'review' && (isVerdictText(line) || hasVerdictField(line))) return WRITING_VERDICT
    const plain = plainLine(withoutDemoMark(line))
    if (plain !== '') return plain
  }
  return phase && status === 'running' ? `${PHASE_VERB[phase]}…` : texts.executionState.starting
}

/** Its JSON is not for reading: what is found is told when it is. */
function isClarityAnswer(line: string): boolean {
  return isVerdictText(line) || hasClarityField(line)
}

/** What a person is asked for, as it was asked; null where nothing waits for an answer. */
export function waitingText({
  status,
  activity_line: line,
}: Pick<ExecutionSummary, 'status' | 'activity_line'>): string | null {
  return status === 'awaiting_approval' ? line : null
}

import type { ExecutionSummary } from '#shared/execution.ts'
import { withoutDemoMark } from './demo-text.ts'
import { PHASE_VERB } from './execution-state.ts'
import { plainLine } from './plain-line.ts'
import { texts } from './texts/texts.ts'
import { hasClarityField, hasVerdictField, isVerdictText, WRITING_VERDICT } from './verdict-text.ts'

type Work = Pick<ExecutionSummary, 'status' | 'activity_line' | 'current_phase'>

/** What agents do right now, as plain text in one line; something is always said of what runs. */
export function activityText(work: Work): string {
  const { status, current_phase: phase } = work
  if (status === 'pending') return texts.executionState.waitsForTurn
  const text = workText(work)
  if (text !== '') return text
  return phase && status === 'running' ? `${PHASE_VERB[phase]}…` : texts.executionState.starting
}

/** The same where the phase stands beside it: empty, while no more than that can be said. */
export function workText({ status, activity_line: line, current_phase: phase }: Work): string {
  if (status !== 'running' || !line || (phase === 'clarity' && isClarityAnswer(line))) return ''
  if (phase === 'review' && (isVerdictText(line) || hasVerdictField(line))) return WRITING_VERDICT
  return plainLine(withoutDemoMark(line))
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

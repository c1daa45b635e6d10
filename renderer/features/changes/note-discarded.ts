import type { ExecutionSummary } from '#shared/execution.ts'
import { executionActions } from '../../lib/execution-state.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep } from '../../lib/undo/call-step.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'

/** Of a result that was just thrown away; the answer brings it back. Null: nothing can. */
export function noteDiscarded(execution: ExecutionSummary, cardKey: string): (() => void) | null {
  if (!executionActions(execution).restore) return null
  const { id, board_id } = execution
  const step = callStep(
    () => api.executions.restore.mutate({ id }),
    () => api.executions.discard.mutate({ id }),
  )
  return recordStep(board_id, texts.changes.discardedWork(cardKey), step)
}

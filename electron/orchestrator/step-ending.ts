import type { Answer } from './ask-step.ts'
import { usageColumns } from './event-log.ts'
import type { OrchestratorContext, StepWork } from './run-context.ts'

/** What a step's row is told of its agent's answer, now that it has ended. */
export function stepEnding(
  ctx: Pick<OrchestratorContext, 'now'>,
  { step }: StepWork,
  { result, spent }: Answer,
) {
  const now = ctx.now()
  return {
    ...usageColumns(spent.usage, spent.costUsd),
    output_content: result.text,
    model: result.model,
    cost_is_estimate: result.costIsEstimate ?? false,
    ...(result.sessionId ? { session_id: result.sessionId } : {}),
    error_message: result.failure?.message ?? null,
    duration_ms: now.getTime() - step.started_at.getTime(),
    completed_at: now,
  }
}

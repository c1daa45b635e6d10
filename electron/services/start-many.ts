import { AppError } from '#shared/errors.ts'
import type { StartExecutions, StartedExecutions } from '#shared/execution.ts'
import { startExecution } from './executions.ts'

/** Runs agents on many cards, each by itself: one that is refused does not keep the others. */
export async function startExecutions(
  ctx: Parameters<typeof startExecution>[0],
  { task_ids }: StartExecutions,
): Promise<StartedExecutions> {
  const answer: StartedExecutions = { started: [], refused: [] }
  for (const task_id of task_ids) {
    try {
      answer.started.push(await startExecution(ctx, { task_id, workflow_type: 'development' }))
    } catch (error) {
      if (!(error instanceof AppError)) throw error
      answer.refused.push({ task_id, message: error.message })
    }
  }
  return answer
}

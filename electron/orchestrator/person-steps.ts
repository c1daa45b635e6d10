import { insertStep, nextSequence } from '#db/queries/steps.ts'
import { StepId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import type { Recording } from './recording.ts'

/** A person's review and a gate are steps like those of agents, without an agent. */
export async function storePersonSteps(
  ctx: Pick<AppContext, 'newId' | 'now'>,
  { work, row, facts, log }: Recording,
): Promise<void> {
  for (const fact of facts) {
    if (fact.type !== 'step_finished' || !fact.by_person) continue
    const { path, phase, iteration, verdict } = fact.step
    const now = ctx.now()
    const step = await insertStep(work.tx, {
      id: StepId.parse(ctx.newId()),
      execution_id: row.id,
      sequence: nextSequence(row.id),
      phase,
      iteration,
      node_path: path,
      verdict,
      status: 'completed',
      output_content: verdict?.summary ?? null,
      head_commit: row.head_commit,
      cost_usd: 0,
      duration_ms: 0,
      started_at: now,
      completed_at: now,
    })
    if (verdict) log({ type: 'verdict', iteration, verdict }, step.id)
  }
}

import { isUnreachable } from '#db/error.ts'
import { updateStep } from '#db/queries/steps.ts'
import type { OrchestratorContext, StepWork } from '../run-context.ts'
import { buildBriefing } from './build-briefing.ts'

/** Reading the repository must not hold a step up, milliseconds; without a briefing the card and the plan are told. */
const MOST_MS = 10_000

/** The developer's package for this step, kept with it; null when the repository could not be read. */
export async function briefStep(
  ctx: OrchestratorContext,
  { run, due, step }: StepWork,
  plan: string | null,
  signal: AbortSignal,
): Promise<string | null> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(MOST_MS)])
  try {
    const briefing = await buildBriefing(ctx, run, { iteration: due.iteration, plan }, limit)
    await updateStep(ctx.db, step.id, { briefing })
    return briefing
  } catch (error) {
    signal.throwIfAborted()
    if (isUnreachable(error)) throw error // the whole request is made anew
    ctx.log.warn({ err: error, execution_id: run.row.id }, 'the developer works without a briefing')
    return null
  }
}

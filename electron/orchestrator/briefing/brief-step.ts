import { isUnreachable } from '#db/error.ts'
import type { OrchestratorContext, StepWork } from '../run-context.ts'
import { buildBriefing, type Known } from './build-briefing.ts'

/** Reading the repository must not hold a step up, milliseconds; without a briefing the card and the plan are told. */
const MOST_MS = 10_000

/** The developer's package for this step; null when the repository could not be read. */
export async function briefStep(
  ctx: OrchestratorContext,
  { run, due }: StepWork,
  known: Promise<Known>,
  signal: AbortSignal,
): Promise<string | null> {
  const limit = AbortSignal.any([signal, AbortSignal.timeout(MOST_MS)])
  try {
    return await buildBriefing(ctx, run, due.iteration, known, limit)
  } catch (error) {
    signal.throwIfAborted()
    if (isUnreachable(error)) throw error // the whole request is made anew
    ctx.log.warn({ err: error, execution_id: run.row.id }, 'the developer works without a briefing')
    return null
  }
}

import { setTimeout as pause } from 'node:timers/promises'
import { isUnreachable } from '#db/error.ts'
import type { OrchestratorContext } from './run-context.ts'

/** Between a failure that the watch knows nothing of and the next try, milliseconds. */
const PAUSE_MS = 200

/**
 * Work of a run on the database, which waits out an outage: agents are not to be ended because a cable was. The work
 * begins anew as a whole, so it must be one transaction, or safe to be done twice; a commit whose outcome is not known is
 * never repeated. Rejects with the outage when the signal aborts.
 */
export async function patiently<T>(
  ctx: Pick<OrchestratorContext, 'databaseWatch'>,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (!isUnreachable(error) || signal.aborted) throw error
      await ctx.databaseWatch
        .look()
        .then(() => pause(PAUSE_MS, undefined, { signal }))
        .then(() => ctx.databaseWatch.untilAnswers(signal))
        .catch(() => {
          throw error // given up: why is for the caller to know
        })
    }
  }
}

import { setTimeout as delay } from 'node:timers/promises'
import { listInStatus } from '#db/queries/executions.ts'
import { RefusedError } from '#shared/errors.ts'
import { ACTIVE_STATUSES } from '#shared/execution.ts'
import { cancelExecution } from './executions.ts'

const LOOK_AGAIN_MS = 100
/** As long as another app may take to hear of it and to end what it runs. */
const OTHERS_MS = 15_000

/**
 * Ends all that agents do on this database, in other apps too; their work so far is kept. Throws RefusedError when an app
 * does not end its own in time.
 */
export async function stopAgents(
  ctx: Parameters<typeof cancelExecution>[0],
  signal: AbortSignal,
): Promise<void> {
  for (const { id } of await listInStatus(ctx.db, ACTIVE_STATUSES)) {
    signal.throwIfAborted()
    await cancelExecution(ctx, id).catch(ignoreEnded)
  }
  const last = ctx.now().getTime() + OTHERS_MS
  while ((await listInStatus(ctx.db, ACTIVE_STATUSES)).length > 0) {
    if (ctx.now().getTime() > last) {
      throw new RefusedError(
        'AGENTS_NOT_STOPPED',
        'Agents of another app on this database have not stopped. Close that app, and try again. Nothing was changed.',
      )
    }
    await delay(LOOK_AGAIN_MS, undefined, { signal })
  }
}

/** It came to its end by itself meanwhile. */
function ignoreEnded(error: unknown): void {
  if (!(error instanceof RefusedError)) throw error
}

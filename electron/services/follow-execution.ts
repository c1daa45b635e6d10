import { readExecutionEvents } from '#db/queries/execution-events.ts'
import { findExecution } from '#db/queries/executions.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { ExecutionEvent } from '#shared/execution-event.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { follow } from '../events/follow.ts'
import { patiently } from '../orchestrator/patiently.ts'

/**
 * The log of an execution after a sequence number: what is stored, then what is written, until the signal aborts. A
 * database that is lost meanwhile is waited for.
 */
export async function* followExecution(
  ctx: Pick<AppContext, 'db' | 'wakeups' | 'databaseWatch'>,
  id: ExecutionId,
  after: number,
  signal: AbortSignal,
): AsyncGenerator<ExecutionEvent> {
  if (!(await findExecution(ctx.db, id))) throw new NotFoundError('Execution', id)
  yield* follow({
    wakeups: ctx.wakeups,
    topic: `execution:${id}`,
    after,
    read: (cursor, limit) => patiently(ctx, signal, () => readExecutionEvents(ctx.db, id, cursor, limit)),
    cursorOf: (event) => event.sequence,
    signal,
  })
}

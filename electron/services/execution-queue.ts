import { listInStatus } from '#db/queries/executions.ts'
import type { QueuedExecution } from '#shared/execution.ts'
import type { AppContext } from '../context.ts'

/** What waits for room, in its order: first what this app has taken, then what others have. */
export async function listQueue(
  ctx: Pick<AppContext, 'db' | 'orchestrator' | 'instanceId'>,
): Promise<QueuedExecution[]> {
  const own = ctx.orchestrator.queued()
  const pending = await listInStatus(ctx.db, ['pending'])
  const others = pending.filter(({ owner_id }) => owner_id !== ctx.instanceId)
  return [
    ...own,
    ...others.map(({ id }) => ({ execution_id: id, reason: 'Waits in another app on this server.' })),
  ].map((one, index) => ({ ...one, place: index + 1 }))
}

import { type ExecutionRow, listInStatus } from '#db/queries/executions.ts'
import { listStepFacts } from '#db/queries/steps.ts'
import type { QueuedExecution } from '#shared/execution.ts'
import type { AppContext } from '../context.ts'
import { fullColumn } from '../orchestrator/schedule.ts'
import { readTurns } from '../orchestrator/turns.ts'

/** What waits for room, in its order: first what this app has taken, then what others have. */
export async function listQueue(
  ctx: Pick<AppContext, 'db' | 'orchestrator' | 'instanceId'>,
): Promise<QueuedExecution[]> {
  const own = ctx.orchestrator.queued()
  const rows = await listInStatus(ctx.db, ['pending', 'running'])
  const others = rows.filter(({ owner_id }) => owner_id !== ctx.instanceId)
  const turns = await readTurns(
    ctx.db,
    others.map(({ id }) => id),
  )
  const waiting = await Promise.all(
    others.map(async (row) => {
      const turn = turns.get(row.id)
      const reason = (turn && fullColumn(turn)) ?? null
      return (await isWaiting(ctx, row, reason))
        ? [{ execution_id: row.id, reason: reason ?? ELSEWHERE }]
        : []
    }),
  )
  return [...own, ...waiting.flat()].map((one, index) => ({ ...one, place: index + 1 }))
}

const ELSEWHERE = 'Waits in another app on this server.'

/** One that goes on waits for room, too; whether it does is known by its owner, and seen by what it does not. */
async function isWaiting(
  { db }: Pick<AppContext, 'db'>,
  { id, status }: ExecutionRow,
  reason: string | null,
): Promise<boolean> {
  if (status === 'pending') return true
  return reason !== null && (await listStepFacts(db, id)).every((step) => step.status !== 'running')
}

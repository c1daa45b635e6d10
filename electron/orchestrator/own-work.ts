import { extendLeases, listActiveOf, listCancelRequests, listPauseRequests } from '#db/queries/executions.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { cancelParked } from './cancel-parked.ts'
import type { StopReason } from './end-run.ts'
import { heartbeatMs } from './lease.ts'
import { interruptLost } from './recover.ts'
import type { OrchestratorContext } from './run-context.ts'

/** An execution that is run here. */
export interface Work {
  abort: AbortController
  done: Promise<void>
}

/** What this app runs, and what waits here. */
export interface OwnWork {
  running: ReadonlyMap<ExecutionId, Work>
  queue: ReadonlyMap<ExecutionId, unknown>
  /** What was not run here at the last look. */
  missing: Set<ExecutionId>
  end(id: ExecutionId, reason: StopReason): Promise<boolean>
}

/** Keeps the leases, obeys cancel requests of others, and ends what is not run any more. */
export async function lookAfterOwn(ctx: OrchestratorContext, own: OwnWork): Promise<void> {
  const { running, queue, missing } = own
  await extendLeases(ctx.db, ctx.instanceId, ctx.config.leaseSeconds)
  const wanted = await listCancelRequests(ctx.db, ctx.instanceId)
  await Promise.all(
    wanted.map(async (id) => {
      if (!(await own.end(id, 'cancel'))) await cancelParked(ctx, id)
    }),
  )
  const toPause = await listPauseRequests(ctx.db, ctx.instanceId)
  await Promise.all(toPause.map((id) => own.end(id, 'pause')))
  const atWork = [...running]
  const active = await listActiveOf(ctx.db, ctx.instanceId)
  // Taken over by another while this computer slept, say.
  for (const [id, work] of atWork) if (!active.includes(id)) work.abort.abort('interrupt')
  const lost = active.filter((id) => !running.has(id) && !queue.has(id))
  // Missing twice: one that was only just written is about to be enqueued.
  for (const id of lost) if (missing.has(id)) await interruptLost(ctx, id)
  missing.clear()
  for (const id of lost) missing.add(id)
}

/** Beats at once when a cancel request is told, and every few seconds in any case. */
export async function keepBeating(
  ctx: OrchestratorContext,
  beat: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  using ear = ctx.wakeups.listen('cancel')
  while (!signal.aborted) {
    const wait = new AbortController()
    const timer = setTimeout(() => wait.abort(), heartbeatMs(ctx.config.leaseSeconds))
    await ear.heard(AbortSignal.any([signal, wait.signal]))
    clearTimeout(timer)
    if (!signal.aborted)
      await beat().catch((error: unknown) => ctx.log.warn({ err: error }, 'no sign of life was given'))
  }
}

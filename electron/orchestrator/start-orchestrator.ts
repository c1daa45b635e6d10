import { extendLeases, listActiveOf, listCancelRequests, listPauseRequests } from '#db/queries/executions.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { inLogContext, type LogContext, logContext } from '../log-context.ts'
import { cancelParked } from './cancel-parked.ts'
import { HEARTBEAT_MS, LEASE_SECONDS } from './lease.ts'
import { moveCard } from './move-card.ts'
import type { Orchestrator } from './orchestrator.ts'
import { recordOwn } from './record-own.ts'
import { interruptLost } from './recover.ts'
import type { OrchestratorContext } from './run-context.ts'
import { runExecution, type StopReason } from './run-execution.ts'

interface Work {
  abort: AbortController
  done: Promise<void>
}

export interface OrchestratorOptions {
  limit: number
  /** Looks after what other instances have left, with each sign of life. */
  recover?: () => Promise<void>
}

/** Starts taking executions; `limit` of them run at once, the others wait in their order. */
export function startOrchestrator(ctx: OrchestratorContext, options: OrchestratorOptions): Orchestrator {
  const running = new Map<ExecutionId, Work>()
  /** What waits, in its order; the log of the call that asked for it goes on in the run. */
  const queue = new Map<ExecutionId, LogContext>()
  const closing = new AbortController()
  const missing = new Set<ExecutionId>()

  const startNext = () => {
    while (running.size < options.limit && !closing.signal.aborted) {
      const [next] = queue
      if (!next) return
      const [id, context] = next
      queue.delete(id)
      const abort = new AbortController()
      const done = runToItsEnd(ctx, id, context, abort.signal).finally(() => {
        running.delete(id)
        startNext()
      })
      running.set(id, { abort, done })
    }
  }

  const end = async (id: ExecutionId, reason: StopReason): Promise<boolean> => {
    if (queue.delete(id)) {
      await recordOwn(ctx, id, { type: reason }, AbortSignal.abort(), moveCard)
      return true
    }
    const work = running.get(id)
    if (!work) return false
    work.abort.abort(reason)
    await work.done
    return true
  }

  const beat = async () => {
    await lookAfterOwn(ctx, { running, queue, missing, end })
    await options.recover?.()
  }
  const heart = keepBeating(ctx, beat, closing.signal)

  const enqueue = (id: ExecutionId) => {
    if (closing.signal.aborted || queue.has(id)) return
    const earlier = running.get(id)
    // Resumed while the former run is still on its last words.
    if (earlier) return void earlier.done.then(() => enqueue(id))
    queue.set(id, { correlation_id: ctx.newId(), ...logContext(), execution_id: id })
    startNext()
  }

  return {
    enqueue,
    cancel: (id) => end(id, 'cancel'),
    pause: (id) => end(id, 'pause'),
    queued: () => [...queue.keys()],
    async settled(id) {
      await running.get(id)?.done
    },
    async stop() {
      closing.abort()
      await heart
      const ids = [...queue.keys(), ...running.keys()]
      await Promise.allSettled(ids.map((id) => end(id, 'interrupt')))
    },
  }
}

interface Own {
  running: ReadonlyMap<ExecutionId, Work>
  queue: ReadonlyMap<ExecutionId, unknown>
  /** What was not run here at the last look. */
  missing: Set<ExecutionId>
  end(id: ExecutionId, reason: StopReason): Promise<boolean>
}

/** Keeps the leases, obeys cancel requests of others, and ends what is not run any more. */
async function lookAfterOwn(ctx: OrchestratorContext, own: Own): Promise<void> {
  const { running, queue, missing } = own
  await extendLeases(ctx.db, ctx.instanceId, LEASE_SECONDS)
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

function runToItsEnd(ctx: OrchestratorContext, id: ExecutionId, context: LogContext, signal: AbortSignal) {
  return inLogContext(context, () => runExecution(ctx, id, signal)).catch((error: unknown) =>
    ctx.log.error({ err: error, execution_id: id }, 'the end of a run was not recorded'),
  )
}

/** Beats at once when a cancel request is told, and every few seconds in any case. */
async function keepBeating(
  ctx: OrchestratorContext,
  beat: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  using ear = ctx.wakeups.listen('cancel')
  while (!signal.aborted) {
    const wait = new AbortController()
    const timer = setTimeout(() => wait.abort(), HEARTBEAT_MS)
    await ear.heard(AbortSignal.any([signal, wait.signal]))
    clearTimeout(timer)
    if (!signal.aborted)
      await beat().catch((error: unknown) => ctx.log.warn({ err: error }, 'no sign of life was given'))
  }
}

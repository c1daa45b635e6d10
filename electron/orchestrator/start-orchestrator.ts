import { extendLeases, listActiveOf, listCancelRequests } from '#db/queries/executions.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { inLogContext, type LogContext, logContext } from '../log-context.ts'
import { HEARTBEAT_MS, LEASE_SECONDS } from './lease.ts'
import { moveCard } from './move-card.ts'
import type { Orchestrator } from './orchestrator.ts'
import { record } from './record.ts'
import { interruptLost } from './recover.ts'
import type { OrchestratorContext } from './run-context.ts'
import { runExecution, type StopReason } from './run-execution.ts'

interface Work {
  abort: AbortController
  done: Promise<void>
}

/** Starts taking executions; `limit` of them run at once, the others wait in their order. */
export function startOrchestrator(ctx: OrchestratorContext, options: { limit: number }): Orchestrator {
  const running = new Map<ExecutionId, Work>()
  /** What waits, in its order; the log of the call that asked for it goes on in the run. */
  const queue = new Map<ExecutionId, LogContext>()
  const closing = new AbortController()
  let missing = new Set<ExecutionId>()

  const startNext = () => {
    while (running.size < options.limit && !closing.signal.aborted) {
      const [next] = queue
      if (!next) return
      const [id, context] = next
      queue.delete(id)
      const abort = new AbortController()
      const done = inLogContext(context, () => runExecution(ctx, id, abort.signal))
        .catch((error: unknown) =>
          ctx.log.error({ err: error, execution_id: id }, 'the end of a run was not recorded'),
        )
        .finally(() => {
          running.delete(id)
          startNext()
        })
      running.set(id, { abort, done })
    }
  }

  const end = async (id: ExecutionId, reason: StopReason): Promise<boolean> => {
    if (queue.delete(id)) {
      await record(ctx, id, { type: reason }, moveCard)
      return true
    }
    const work = running.get(id)
    if (!work) return false
    work.abort.abort(reason)
    await work.done
    return true
  }

  /** Keeps the leases, obeys cancel requests of others, and ends what a lost database left "running". */
  const beat = async () => {
    await extendLeases(ctx.db, ctx.instanceId, LEASE_SECONDS)
    const wanted = await listCancelRequests(ctx.db, ctx.instanceId)
    await Promise.all(wanted.map((id) => end(id, 'cancel')))
    const lost = (await listActiveOf(ctx.db, ctx.instanceId)).filter(
      (id) => !running.has(id) && !queue.has(id),
    )
    // Missing twice: one that was only just written is about to be enqueued.
    for (const id of lost) if (missing.has(id)) await interruptLost(ctx, id)
    missing = new Set(lost)
  }
  const heart = keepBeating(ctx, beat, closing.signal)

  return {
    enqueue(id) {
      if (closing.signal.aborted || running.has(id) || queue.has(id)) return
      queue.set(id, { correlation_id: ctx.newId(), ...logContext(), execution_id: id })
      startNext()
    },
    cancel: (id) => end(id, 'cancel'),
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

import type { ExecutionId } from '#shared/ids.ts'
import { inLogContext, type LogContext, logContext } from '../log-context.ts'
import type { StopReason } from './end-run.ts'
import { moveCard } from './move-card.ts'
import type { Orchestrator } from './orchestrator.ts'
import { keepBeating, lookAfterOwn, type Work } from './own-work.ts'
import { Planning } from './planning.ts'
import { recordOwn } from './record-own.ts'
import { RetryWaits } from './retry-waits.ts'
import type { OrchestratorContext } from './run-context.ts'
import { runExecution } from './run-execution.ts'
import type { Limits } from './schedule.ts'

export interface OrchestratorOptions {
  /** Asked anew each time: a person may change them. */
  limits: () => Limits
  /** Looks after what other instances have left, with each sign of life. */
  recover?: () => Promise<void>
  /** Resolves when what an execution starts is watched over: nothing of an agent runs before. */
  watched?: () => Promise<void>
}

/** Starts taking executions; as many as the limits allow run at once, the others wait in their order. */
export function startOrchestrator(ctx: OrchestratorContext, options: OrchestratorOptions): Orchestrator {
  const running = new Map<ExecutionId, Work>()
  /** What waits, in its order; the log of the call that asked for it goes on in the run. */
  const queue = new Map<ExecutionId, LogContext>()
  const closing = new AbortController()
  const retries = new RetryWaits()

  const start = (id: ExecutionId) => {
    const context = queue.get(id)
    // Ended while the look was under way.
    if (!context || closing.signal.aborted) return
    queue.delete(id)
    const abort = new AbortController()
    const run = () => runExecution(ctx, id, retries, abort.signal)
    const done = toItsEnd(ctx, id, context, run, options).then((end) => {
      running.delete(id)
      if (end === 'no_room' && !closing.signal.aborted) queue.set(id, context)
      planning.look()
    })
    running.set(id, { abort, done })
  }
  const planning = new Planning(ctx, { queue, running, limits: options.limits, start })

  const end = async (id: ExecutionId, reason: StopReason): Promise<boolean> => {
    if (queue.delete(id)) {
      await recordOwn(ctx, id, { type: reason }, AbortSignal.abort(), moveCard)
      return true
    }
    const work = running.get(id)
    work?.abort.abort(reason)
    await work?.done
    return work !== undefined
  }

  const own = { running, queue, missing: new Set<ExecutionId>(), end }
  const beat = async () => {
    planning.look()
    await lookAfterOwn(ctx, own)
    await options.recover?.()
  }
  const heart = keepBeating(ctx, beat, closing.signal)

  const enqueue = (id: ExecutionId) => {
    if (closing.signal.aborted || queue.has(id)) return
    const earlier = running.get(id)
    // Resumed while the former run is still on its last words.
    if (earlier) return void earlier.done.then(() => enqueue(id))
    queue.set(id, { correlation_id: ctx.newId(), ...logContext(), execution_id: id })
    planning.look()
  }

  return {
    enqueue,
    cancel: (id) => end(id, 'cancel'),
    pause: (id) => end(id, 'pause'),
    retries,
    queued: () => planning.waiting,
    atWork: () => running.size,
    async settled(id) {
      await planning.settled()
      await running.get(id)?.done
    },
    async stop() {
      closing.abort()
      planning.close()
      await heart
      await planning.settled()
      await Promise.allSettled([...queue.keys(), ...running.keys()].map((id) => end(id, 'interrupt')))
    },
  }
}

function toItsEnd(
  ctx: OrchestratorContext,
  id: ExecutionId,
  context: LogContext,
  run: () => ReturnType<typeof runExecution>,
  { watched }: Pick<OrchestratorOptions, 'watched'>,
) {
  const work = async () => {
    await watched?.()
    return run()
  }
  return inLogContext(context, work).catch((error: unknown) => {
    ctx.log.error({ err: error, execution_id: id }, 'the end of a run was not recorded')
    return 'over' as const
  })
}

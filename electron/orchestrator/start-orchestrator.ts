import { extendLeases, listActiveOf, listCancelRequests, listPauseRequests } from '#db/queries/executions.ts'
import type { QueuedExecution } from '#shared/execution.ts'
import type { BoardId, ExecutionId } from '#shared/ids.ts'
import { watchTopics } from '../events/watch-topics.ts'
import { inLogContext, type LogContext, logContext } from '../log-context.ts'
import { cancelParked } from './cancel-parked.ts'
import type { StopReason } from './end-run.ts'
import { heartbeatMs } from './lease.ts'
import { moveCard } from './move-card.ts'
import type { Orchestrator } from './orchestrator.ts'
import { recordOwn } from './record-own.ts'
import { interruptLost } from './recover.ts'
import type { OrchestratorContext } from './run-context.ts'
import { runExecution } from './run-execution.ts'
import { type Limits, schedule } from './schedule.ts'
import { readTurns } from './turns.ts'

interface Work {
  abort: AbortController
  done: Promise<void>
}

export interface OrchestratorOptions {
  /** Asked anew each time: a person may change them. */
  limits: () => Limits
  /** Looks after what other instances have left, with each sign of life. */
  recover?: () => Promise<void>
}

/** Starts taking executions; as many as the limits allow run at once, the others wait in their order. */
export function startOrchestrator(ctx: OrchestratorContext, options: OrchestratorOptions): Orchestrator {
  const running = new Map<ExecutionId, Work>()
  /** What waits, in its order; the log of the call that asked for it goes on in the run. */
  const queue = new Map<ExecutionId, LogContext>()
  const closing = new AbortController()
  const missing = new Set<ExecutionId>()

  /** Of the last look. */
  let waiting: readonly QueuedExecution[] = []
  let planning: Promise<void> = Promise.resolve()
  let isDue = false

  /** One look at a time; the heart looks again, also when the database was away. */
  const startNext = () => {
    if (isDue) return // what is new is seen by the look that is about to begin
    isDue = true
    planning = planning.then(startDue).catch((error: unknown) => {
      ctx.log.warn({ err: error }, 'who runs next could not be decided')
    })
  }
  /** Limits are changed, cards leave columns: on this computer or another. */
  const limits = watchTopics(ctx.wakeups, () => {
    if (queue.size > 0) startNext()
  })
  let heard: ReadonlySet<BoardId> = new Set()
  const listenTo = (ids: readonly BoardId[]) => {
    const boards = new Set(ids)
    if (ids.some((id) => !heard.has(id))) startNext() // what has changed before it was listened to
    heard = boards
    limits.watch(['limits', ...[...boards].map((id) => `board:${id}` as const)])
  }
  listenTo([])

  const startDue = async () => {
    isDue = false
    if (closing.signal.aborted) return
    const turns = await readTurns(ctx.db, [...queue.keys(), ...running.keys()])
    const known = (ids: Iterable<ExecutionId>) => [...ids].flatMap((id) => turns.get(id) ?? [])
    const plan = schedule(known(queue.keys()), known(running.keys()), options.limits())
    waiting = plan.waiting
    // A board that changes makes nobody start while there is no place at all.
    const isOpen = running.size + plan.start.length < options.limits().all
    listenTo(isOpen ? waiting.flatMap(({ execution_id: id }) => turns.get(id)?.boardId ?? []) : [])
    for (const id of plan.start) start(id)
  }

  const start = (id: ExecutionId) => {
    const context = queue.get(id)
    // Ended while the look was under way.
    if (!context || closing.signal.aborted) return
    queue.delete(id)
    const abort = new AbortController()
    const done = runToItsEnd(ctx, id, context, abort.signal).then((end) => {
      running.delete(id)
      if (end === 'no_room' && !closing.signal.aborted) queue.set(id, context)
      startNext()
    })
    running.set(id, { abort, done })
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
    startNext()
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
    queued: () => waiting.filter(({ execution_id }) => queue.has(execution_id)),
    atWork: () => running.size,
    async settled(id) {
      await planning
      await running.get(id)?.done
    },
    async stop() {
      closing.abort()
      limits[Symbol.dispose]()
      await heart
      await planning
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

function runToItsEnd(ctx: OrchestratorContext, id: ExecutionId, context: LogContext, signal: AbortSignal) {
  return inLogContext(context, () => runExecution(ctx, id, signal)).catch((error: unknown) => {
    ctx.log.error({ err: error, execution_id: id }, 'the end of a run was not recorded')
    return 'over' as const
  })
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
    const timer = setTimeout(() => wait.abort(), heartbeatMs(ctx.config.leaseSeconds))
    await ear.heard(AbortSignal.any([signal, wait.signal]))
    clearTimeout(timer)
    if (!signal.aborted)
      await beat().catch((error: unknown) => ctx.log.warn({ err: error }, 'no sign of life was given'))
  }
}

import { setTimeout as pause } from 'node:timers/promises'
import { listRunning, listWork } from '#db/queries/running.ts'
import type { BoardId } from '#shared/ids.ts'
import type { RunningExecution, WorkLine } from '#shared/running.ts'
import type { AppContext } from '../context.ts'

type RunningContext = Pick<AppContext, 'db' | 'wakeups'>

/** No window is told more often how far agents are, milliseconds. */
const EVERY_MS = 1000

/** Everything that is at work or waits, over all boards. */
export function runningExecutions(ctx: Pick<AppContext, 'db'>): Promise<RunningExecution[]> {
  return listRunning(ctx.db)
}

/** The same whenever it has changed, at most once a second, until the signal aborts. */
export function followRunning(ctx: RunningContext, signal: AbortSignal): AsyncGenerator<RunningExecution[]> {
  return followChanges(ctx, () => listRunning(ctx.db), signal)
}

/** What is being done on a board, whenever it has changed, at most once a second. Nothing of it is kept or sent again. */
export function followWork(
  ctx: RunningContext & Pick<AppContext, 'orchestrator'>,
  boardId: BoardId,
  signal: AbortSignal,
): AsyncGenerator<WorkLine[]> {
  const read = async () => {
    const work = await listWork(ctx.db, boardId)
    return work.map((line) => ({ ...line, retry: ctx.orchestrator.retries.of(line.id) }))
  }
  return followChanges(ctx, read, signal)
}

async function* followChanges<T>(
  { wakeups }: RunningContext,
  read: () => Promise<T>,
  signal: AbortSignal,
): AsyncGenerator<T> {
  using ear = wakeups.listen('agents')
  let told = ''
  while (!signal.aborted) {
    const value = await read()
    const text = JSON.stringify(value)
    if (text !== told && !signal.aborted) yield value
    told = text
    await ear.heard(signal)
    await pause(EVERY_MS, undefined, { signal }).catch(() => {}) // the loop ends by itself
  }
}

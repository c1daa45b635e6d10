import { storeExecutionEvents } from '#db/queries/execution-events.ts'
import { inTransaction } from '#db/transaction.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId, StepId } from '#shared/ids.ts'
import type { Usage } from '#shared/provider.ts'
import { storedTokens } from '#shared/stored-tokens.ts'
import type { AppContext } from '../context.ts'
import { ActivityLine } from './activity-line.ts'
import { type LogLine, LogLines } from './log-lines.ts'
import { patiently } from './patiently.ts'
import type { Spent } from './spending.ts'

type LogContext = Pick<AppContext, 'db' | 'databaseWatch' | 'wakeups' | 'now' | 'log'>

/** How long lines may wait to be written together, milliseconds. */
const GATHER_MS = 80
/** What is written at once, characters: making it ready must not hold up the app. */
const MOST_AT_ONCE = 256_000

/** Writes what a step's agent does, in order and gathered; a step ends with `close`. */
export interface EventLog {
  write(body: ExecutionEventBody): void
  /** What the step itself has used until now: stored with the lines, for a step that is killed tells nothing at its end. */
  spend(spent: Spent, model: string): void
  /** Begins to store what there is, and does not wait for more; nobody need wait for it. */
  flush(): void
  /** Resolves when all lines are stored; rejects when they cannot be. */
  close(): Promise<void>
}

interface Where {
  executionId: ExecutionId
  stepId: StepId
  secrets: readonly string[]
  signal: AbortSignal
}

/**
 * Opens the log of a step. `secrets` are blotted out of every line: what an agent read or printed may hold one. Writing
 * never waits: while the database does not answer, lines gather; when the signal aborts, they are given up.
 */
export function openEventLog(ctx: LogContext, where: Where): EventLog {
  const lines = new LogLines(where.secrets, ctx.now)
  const activity = new ActivityLine()
  /** The first line of each thing that later ones go on with. */
  const heads = new Map<string, number>()
  let ofStep: ReturnType<typeof stepColumns> | null = null
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  const writeAll = async () => {
    if (lines.settle()) flushLater()
    for (let batch = lines.take(MOST_AT_ONCE); batch.length > 0; batch = lines.take(MOST_AT_ONCE)) {
      for (const { body } of batch) activity.note(body)
      const gathered = { batch, heads, ofStep, activityLine: activity.line }
      try {
        await patiently(ctx, where.signal, () => store(ctx, where, gathered))
      } catch (error) {
        lines.giveBack(batch)
        throw error
      }
    }
  }
  const flush = (): Promise<void> => {
    if (timer) clearTimeout(timer)
    timer = null
    writing = writing.then(writeAll)
    return writing
  }
  const flushBehind = () => {
    flush().catch((error: unknown) => {
      ctx.log.warn({ err: error, execution_id: where.executionId }, 'agent events could not be stored yet')
      writing = Promise.resolve()
    })
  }
  const flushLater = () => {
    timer ??= setTimeout(flushBehind, GATHER_MS)
  }

  return {
    write(body) {
      lines.add(body)
      flushLater()
    },
    spend(spent, model) {
      ofStep = stepColumns(spent, model)
    },
    flush: flushBehind,
    close() {
      lines.end()
      return flush()
    },
  }
}

interface Gathered {
  batch: readonly LogLine[]
  heads: Map<string, number>
  ofStep: ReturnType<typeof stepColumns> | null
  activityLine: string | null
}

async function store(
  ctx: LogContext,
  { executionId, stepId }: Where,
  { batch: lines, heads, ofStep, activityLine }: Gathered,
): Promise<void> {
  const usage = lines.findLast((line) => line.body.type === 'usage')?.body
  const { stored } = await inTransaction(ctx.db, async (tx, last) => {
    const stored = storeExecutionEvents(tx, {
      executionId,
      stepId,
      lines: withHeads(lines, heads),
      usage: usage?.type === 'usage' ? usageColumns(usage.usage, usage.cost_usd) : null,
      ofStep: usage ? ofStep : null,
      activityLine,
    })
    last(stored)
    return { stored }
  })
  const first = await stored
  lines.forEach(({ key }, index) => {
    if (key !== null && !heads.has(key)) heads.set(key, first + index)
  })
  ctx.wakeups.wake(`execution:${executionId}`)
  ctx.wakeups.wake('agents')
}

/** A line goes on with one that is stored, or with one before it among these. */
function withHeads(lines: readonly LogLine[], heads: ReadonlyMap<string, number>) {
  const here = new Map<string, number>()
  return lines.map(({ body, created_at, key }, index) => {
    const stored = key === null ? undefined : heads.get(key)
    const before = key === null ? undefined : here.get(key)
    if (key !== null && before === undefined) here.set(key, index)
    return { body, created_at, head: stored ?? null, head_at: stored === undefined ? (before ?? null) : null }
  })
}

function stepColumns({ usage, costUsd }: Spent, model: string) {
  return { ...usageColumns(usage, costUsd), model: model.slice(0, 100) }
}

/** The token columns of executions and steps. */
export function usageColumns(usage: Usage, cost: number | null) {
  return {
    input_tokens: storedTokens(usage.input),
    output_tokens: storedTokens(usage.output),
    cache_read_tokens: storedTokens(usage.cache_read),
    cache_write_tokens: storedTokens(usage.cache_write),
    cost_usd: cost,
  }
}

import { CHANNEL } from '#db/listener.ts'
import { notify } from '#db/queries/board-events.ts'
import { appendExecutionEvents } from '#db/queries/execution-events.ts'
import { updateExecution } from '#db/queries/executions.ts'
import { inTransaction } from '#db/transaction.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId, StepId } from '#shared/ids.ts'
import type { Usage } from '#shared/provider.ts'
import type { AppContext } from '../context.ts'

type LogContext = Pick<AppContext, 'db' | 'wakeups' | 'now' | 'log'>
type Line = { body: ExecutionEventBody; created_at: Date }

/** How long lines may wait to be written together, milliseconds. */
const GATHER_MS = 80
/** The end of a tool's output that is kept, characters. */
const LONGEST_OUTPUT = 20_000

/** Writes what a step's agent does, in order and gathered; a step ends with `close`. */
export interface EventLog {
  write(body: ExecutionEventBody): void
  /** Resolves when all lines are stored; rejects when they cannot be. */
  close(): Promise<void>
}

/**
 * Opens the log of a step. `secrets` are blotted out of every line: what an agent read or printed may hold one.
 */
export function openEventLog(
  ctx: LogContext,
  where: { executionId: ExecutionId; stepId: StepId; secrets: readonly string[] },
): EventLog {
  let lines: Line[] = []
  let timer: NodeJS.Timeout | null = null
  let writing: Promise<void> = Promise.resolve()

  const flush = (): Promise<void> => {
    if (timer) clearTimeout(timer)
    timer = null
    writing = writing.then(async () => {
      if (lines.length === 0) return
      const batch = lines
      lines = []
      try {
        await store(ctx, where, batch)
      } catch (error) {
        lines = [...batch, ...lines]
        throw error
      }
    })
    return writing
  }

  return {
    write(body) {
      const clean = bound(blot(body, where.secrets))
      const last = lines.at(-1)
      const joined = last && joinText(last.body, clean)
      if (last && joined) last.body = joined
      else lines.push({ body: clean, created_at: ctx.now() })
      timer ??= setTimeout(() => {
        flush().catch((error: unknown) => {
          ctx.log.warn({ err: error, execution_id: where.executionId }, 'agent events could not be stored yet')
          writing = Promise.resolve()
        })
      }, GATHER_MS)
    },
    close: flush,
  }
}

async function store(
  ctx: LogContext,
  { executionId, stepId }: { executionId: ExecutionId; stepId: StepId },
  lines: readonly Line[],
): Promise<void> {
  const usage = lines.findLast((line) => line.body.type === 'usage')?.body
  await inTransaction(ctx.db, async (tx) => {
    await appendExecutionEvents(tx, executionId, stepId, lines)
    if (usage?.type === 'usage') await updateExecution(tx, executionId, usageColumns(usage.usage, usage.cost_usd))
    await notify(tx, CHANNEL, `execution:${executionId}`)
  })
  ctx.wakeups.wake(`execution:${executionId}`)
}

/** The token columns of executions and steps. */
export function usageColumns(usage: Usage, cost: number | null) {
  return {
    input_tokens: usage.input,
    output_tokens: usage.output,
    cache_read_tokens: usage.cache_read,
    cache_write_tokens: usage.cache_write,
    cost_usd: cost,
  }
}

/** Two pieces of one message as one line. */
function joinText(a: ExecutionEventBody, b: ExecutionEventBody): ExecutionEventBody | null {
  if ((a.type !== 'text' && a.type !== 'thinking') || a.type !== b.type || a.message_id !== b.message_id) return null
  return { ...a, delta: a.delta + b.delta }
}

function bound(body: ExecutionEventBody): ExecutionEventBody {
  if (body.type !== 'tool' || !body.output || body.output.length <= LONGEST_OUTPUT) return body
  return { ...body, output: `…${body.output.slice(-LONGEST_OUTPUT)}` }
}

function blot(body: ExecutionEventBody, secrets: readonly string[]): ExecutionEventBody {
  // PostgreSQL's jsonb cannot hold NUL, which commands do print.
  const clean = (text: string) =>
    secrets.reduce((all, secret) => all.replaceAll(secret, '[redacted]'), text.replaceAll('\u0000', '�'))
  switch (body.type) {
    case 'text':
    case 'thinking':
      return { ...body, delta: clean(body.delta) }
    case 'tool':
      return { ...body, title: clean(body.title), output: body.output === null ? null : clean(body.output) }
    case 'notice':
      return { ...body, text: clean(body.text) }
    default:
      return body
  }
}

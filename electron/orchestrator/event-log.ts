import { CHANNEL } from '#db/listener.ts'
import { notify } from '#db/queries/board-events.ts'
import { appendExecutionEvents } from '#db/queries/execution-events.ts'
import { updateExecution } from '#db/queries/executions.ts'
import { inTransaction } from '#db/transaction.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId, StepId } from '#shared/ids.ts'
import type { Usage } from '#shared/provider.ts'
import type { AppContext } from '../context.ts'
import { patiently } from './patiently.ts'
import { createStreamRedactor, redact, type StreamRedactor } from './redact.ts'

type LogContext = Pick<AppContext, 'db' | 'databaseWatch' | 'wakeups' | 'now' | 'log'>
type TextBody = Extract<ExecutionEventBody, { type: 'text' | 'thinking' }>
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
 * Opens the log of a step. `secrets` are blotted out of every line: what an agent read or printed may hold one. While the
 * database does not answer, lines gather; when the signal aborts, they are given up.
 */
export function openEventLog(
  ctx: LogContext,
  where: { executionId: ExecutionId; stepId: StepId; secrets: readonly string[]; signal: AbortSignal },
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
        await patiently(ctx, where.signal, () => store(ctx, where, batch))
      } catch (error) {
        lines = [...batch, ...lines]
        throw error
      }
    })
    return writing
  }

  /** Text that waits because a secret may begin in it; it belongs to one message at a time. */
  let open: { body: TextBody; redactor: StreamRedactor } | null = null

  const append = (body: ExecutionEventBody) => {
    const last = lines.at(-1)
    const joined = last && joinText(last.body, body)
    if (last && joined) last.body = joined
    else lines.push({ body, created_at: ctx.now() })
  }
  const endMessage = () => {
    const rest = open?.redactor.flush()
    if (open && rest) append({ ...open.body, delta: rest })
    open = null
  }
  const appendText = (body: TextBody) => {
    if (open?.body.type !== body.type || open.body.message_id !== body.message_id) {
      endMessage()
      open = { body, redactor: createStreamRedactor(where.secrets) }
    }
    const delta = open.redactor.push(body.delta)
    if (delta) append({ ...body, delta })
  }

  return {
    write(body) {
      if (body.type === 'text' || body.type === 'thinking') appendText(body)
      else {
        endMessage()
        append(bound(blot(body, where.secrets)))
      }
      timer ??= setTimeout(() => {
        flush().catch((error: unknown) => {
          ctx.log.warn(
            { err: error, execution_id: where.executionId },
            'agent events could not be stored yet',
          )
          writing = Promise.resolve()
        })
      }, GATHER_MS)
    },
    close() {
      endMessage()
      return flush()
    },
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
    if (usage?.type === 'usage')
      await updateExecution(tx, executionId, usageColumns(usage.usage, usage.cost_usd))
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
  if ((a.type !== 'text' && a.type !== 'thinking') || a.type !== b.type || a.message_id !== b.message_id)
    return null
  return { ...a, delta: a.delta + b.delta }
}

function bound(body: ExecutionEventBody): ExecutionEventBody {
  if (body.type !== 'tool' || !body.output || body.output.length <= LONGEST_OUTPUT) return body
  return { ...body, output: `…${body.output.slice(-LONGEST_OUTPUT)}` }
}

function blot(body: ExecutionEventBody, secrets: readonly string[]): ExecutionEventBody {
  const clean = (text: string) => redact(text, secrets)
  switch (body.type) {
    case 'tool':
      return {
        ...body,
        title: clean(body.title),
        paths: body.paths.map(clean),
        output: body.output === null ? null : clean(body.output),
      }
    case 'plan':
      return { ...body, entries: body.entries.map((entry) => ({ ...entry, text: clean(entry.text) })) }
    case 'notice':
      return { ...body, text: clean(body.text) }
    default:
      return body
  }
}

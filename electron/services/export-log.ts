import { setImmediate as breathe } from 'node:timers/promises'
import { readExecutionEvents } from '#db/queries/execution-events.ts'
import { outlineOutput, readLogChunks, readOutput } from '#db/queries/execution-log.ts'
import { type ExecutionRow, findExecution } from '#db/queries/executions.ts'
import { findTaskKey } from '#db/queries/running.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { ExecutionEvent } from '#shared/execution-event.ts'
import { chunkOf, type ExportedLog, type ExportLog } from '#shared/execution-log.ts'
import type { AppContext } from '../context.ts'
import { writeFileWhole } from '../platform/write-file.ts'
import { entryMarkdown } from './log-markdown.ts'

type ExportContext = Pick<AppContext, 'db' | 'desktop' | 'progress' | 'log'>

/** Lines that are read at once. */
const PAGE = 500

/** Asks the person where to, then writes the whole log there. Null when they think better of it. */
export async function exportLog(
  ctx: ExportContext,
  { id, format, export_id }: ExportLog,
  signal: AbortSignal,
): Promise<ExportedLog | null> {
  const row = await findExecution(ctx.db, id)
  if (!row) throw new NotFoundError('Execution', id)
  const key = (await findTaskKey(ctx.db, row.task_id)) ?? 'run'
  const path = await ctx.desktop.pickSavePath({
    title: `Export what the agents did on ${key}`,
    fileName: `${key} run ${row.created_at.toISOString().slice(0, 10)}.${format}`,
    types: [
      format === 'md'
        ? { name: 'Markdown', extensions: ['md'] }
        : { name: 'JSON Lines', extensions: ['jsonl'] },
    ],
  })
  if (path === null) return null
  const report = (done: number) =>
    export_id && ctx.progress.report(export_id, { phase: 'writing', done, total: row.last_sequence })
  try {
    report(0)
    const parts = format === 'md' ? markdownParts(ctx, row, key, report) : jsonParts(ctx, row, report)
    await writeFileWhole(path, parts, signal)
    ctx.log.info({ event: 'log_exported', execution_id: id, format, lines: row.last_sequence }, 'exported')
    return { path, lines: row.last_sequence }
  } finally {
    if (export_id) ctx.progress.report(export_id, undefined)
  }
}

/** Every stored line, as it is stored. */
async function* jsonParts(
  { db }: ExportContext,
  { id, last_sequence: last }: ExecutionRow,
  report: (done: number) => void,
): AsyncGenerator<string> {
  for (let after = 0; after < last; ) {
    const events = await readExecutionEvents(db, id, after, PAGE)
    const rest = events.filter((event) => event.sequence <= last)
    yield rest.map((event) => `${JSON.stringify(event)}\n`).join('')
    after = events.at(-1)?.sequence ?? last
    report(after)
    await breathe()
  }
}

async function* markdownParts(
  ctx: ExportContext,
  row: ExecutionRow,
  key: string,
  report: (done: number) => void,
): AsyncGenerator<string> {
  yield `# What the agents did on ${key}\n\n`
  const chunks = chunkOf(Math.max(1, row.last_sequence)) + 1
  for (let chunk = 0; chunk < chunks; chunk += 1) {
    for (const lines of byEntry(await readLogChunks(ctx.db, row.id, [chunk]))) {
      const isPrinted = lines.some(({ body }) => body.type === 'tool_output')
      yield entryMarkdown(lines, isPrinted ? await printedBy(ctx, row, lines) : '')
    }
    report(Math.min(row.last_sequence, (chunk + 1) * (row.last_sequence / chunks)))
    await breathe()
  }
}

function byEntry(events: readonly ExecutionEvent[]): ExecutionEvent[][] {
  const entries = new Map<number, ExecutionEvent[]>()
  for (const event of events) {
    const entry = event.head ?? event.sequence
    entries.set(entry, [...(entries.get(entry) ?? []), event])
  }
  return [...entries].sort(([a], [b]) => a - b).map(([, lines]) => lines)
}

async function printedBy(
  { db }: ExportContext,
  { id }: ExecutionRow,
  [first]: ExecutionEvent[],
): Promise<string> {
  if (!first) return ''
  const { pieces } = await outlineOutput(db, id, first.head ?? first.sequence)
  const texts: string[] = []
  for (let at = 0; at < pieces.length; at += 8) {
    const some = pieces.slice(at, at + 8).map((piece) => piece.sequence)
    texts.push(...(await readOutput(db, id, some)).map((piece) => piece.text))
  }
  return texts.join('')
}

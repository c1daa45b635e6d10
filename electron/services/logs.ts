import { dirname } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { z } from 'zod'
import { LogLevel, type LogLine } from '#shared/log-line.ts'
import type { AppContext } from '../context.ts'
import { KEPT_LOGS, logPath } from '../log.ts'
import { logFiles } from '../log-file.ts'
import { GrowingFile, lastLines, openIfThere } from './log-tail.ts'

/** Asking costs next to nothing, and works on every disk: watching a folder does not. */
const LOOK_EVERY_MS = 400

type LogContext = Pick<AppContext, 'config'>

/**
 * The last lines of the log, also of its earlier files, then what is written to it, until the signal aborts. In batches,
 * the first one at once; a file that is begun anew is followed without losing a line.
 */
export async function* followLog(
  ctx: LogContext,
  count: number,
  signal: AbortSignal,
): AsyncGenerator<LogLine[]> {
  const path = logPath(ctx.config.dataFolder)
  await using file = await GrowingFile.open(path)
  const tail = await file.last(count)
  yield [...(await earlierLines(path, count - tail.length)), ...tail].map(parseLine)
  while (!signal.aborted) {
    const lines = await file.more()
    if (lines.length > 0) yield lines.map(parseLine)
    else await wait(LOOK_EVERY_MS, undefined, { signal }).catch(() => {})
  }
}

/** Shows the folder of the log in the system's file manager. */
export async function openLogFolder(ctx: Pick<AppContext, 'config' | 'desktop'>): Promise<void> {
  await ctx.desktop.openPath(dirname(logPath(ctx.config.dataFolder)))
}

/** The last lines of the files before the one that is written. */
async function earlierLines(current: string, count: number): Promise<string[]> {
  let lines: string[] = []
  for (const earlier of logFiles({ path: current, keep: KEPT_LOGS }).slice(1)) {
    if (lines.length >= count) return lines
    const handle = await openIfThere(earlier)
    if (!handle) return lines
    try {
      lines = [...(await lastLines(handle, count - lines.length)).lines, ...lines]
    } finally {
      await handle.close()
    }
  }
  return lines
}

const Line = z.object({
  level: LogLevel,
  timestamp: z.string(),
  event: z.string().catch(''),
  msg: z.string().catch(''),
  correlation_id: z.string().nullable().catch(null),
})

/** A line that is none of ours is shown as it is. */
function parseLine(text: string): LogLine {
  const parsed = Line.safeParse(parseJson(text))
  if (!parsed.success)
    return { level: 'info', timestamp: null, event: '', message: text, correlation_id: null, text }
  const { msg, ...line } = parsed.data
  return { ...line, message: msg, text }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

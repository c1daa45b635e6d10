import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import pino from 'pino'
import { logContext } from './log-context.ts'
import { openRotatingFile } from './log-file.ts'
import { cleanFields, LogRedaction } from './log-redact.ts'

/** Structured JSON lines: fields first, then the message. */
export type Logger = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

export interface LogFile extends AsyncDisposable {
  log: Logger
  path: string
  /** Keeps a secret out of every line from now on. */
  hide(secret: string): void
}

/** Files beside the one that is written. */
export const KEPT_LOGS = 4
const MOST_BYTES = 5 * 1024 * 1024

/** Where the log of a data folder is. */
export function logPath(dataFolder: string): string {
  return path.join(dataFolder, 'logs', 'agent-rangers.log')
}

export interface LogOptions {
  path: string
  /** As pino names them. */
  level: string
  /** On every line. */
  fields?: object
  /** Never on any line. */
  secrets?: readonly string[]
  /** Bytes after which a new file is begun. */
  mostBytes?: number
}

/** Opens the log for appending; its folder is made if missing. Every line has level, timestamp, event and the context. */
export async function openLog(options: LogOptions): Promise<LogFile> {
  await mkdir(path.dirname(options.path), { recursive: true, mode: 0o700 })
  const { mostBytes = MOST_BYTES } = options
  const file = await openRotatingFile({ path: options.path, mostBytes, keep: KEPT_LOGS })
  const redaction = new LogRedaction()
  for (const secret of options.secrets ?? []) redaction.hide(secret)
  const log = pino(
    {
      level: options.level,
      base: { pid: process.pid, ...options.fields },
      timestamp: () => `,"timestamp":"${new Date().toISOString()}"`,
      serializers: { err: (told: unknown) => told }, // pino's own would fold causes, and with them their codes, into one text
      mixin: () => ({ ...logContext() }),
      formatters: { level: (label) => ({ level: label }), log: cleanFields },
      hooks: { logMethod: nameEvent },
    },
    { write: (line) => file.write(redaction.line(line)) },
  )
  return {
    log,
    path: options.path,
    hide: (secret) => redaction.hide(secret),
    async [Symbol.asyncDispose]() {
      log.level = 'silent' // a late word of a closing connection must not meet a closed file
      await file[Symbol.asyncDispose]()
    },
  }
}

/** Every line is an event; one that nobody has named is named after its message. */
function nameEvent(this: pino.Logger, input: Parameters<pino.LogFn>, method: pino.LogFn): void {
  const [first, message] = input as unknown[]
  const text = typeof first === 'string' ? first : String(message ?? 'error')
  const fields = first instanceof Error ? { err: first } : typeof first === 'object' ? first : {}
  const event = text.toLowerCase().replace(/[^a-z0-9]+/g, '_')
  method.call(this, { event, ...fields }, text)
}

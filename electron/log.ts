import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import pino from 'pino'

/** Structured JSON lines: fields first, then the message. */
export type Logger = Pick<pino.Logger, 'debug' | 'info' | 'warn' | 'error'>

export interface LogFile extends Disposable {
  log: Logger
  path: string
}

/** Keys whose values never reach a log, wherever they stand in a line. */
const SECRET_KEYS = [
  'key',
  'apiKey',
  'api_key',
  'authorization',
  'password',
  'secret',
  'token',
  'connectionString',
]

/** Opens `<folder>/agent-rangers.log` for appending; made if missing. Level as pino names them. */
export async function openLog(options: { folder: string; level: string; fields?: object }): Promise<LogFile> {
  await mkdir(options.folder, { recursive: true, mode: 0o700 })
  const file = path.join(options.folder, 'agent-rangers.log')
  const destination = pino.destination({ dest: file, append: true, mkdir: false, sync: false, minLength: 0 })
  const log = pino(
    {
      level: options.level,
      base: { pid: process.pid, ...options.fields },
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_KEYS.flatMap((key) => [key, `*.${key}`, `*.*.${key}`]), censor: '[redacted]' },
    },
    destination,
  )
  return {
    log,
    path: file,
    [Symbol.dispose]: () => {
      log.level = 'silent' // a late word of a closing connection must not meet a closed file
      destination.end()
    },
  }
}

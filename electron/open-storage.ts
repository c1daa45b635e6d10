import { type Database, openDatabase } from '#db/client.ts'
import { startEmbeddedServer } from '#db/embedded/server.ts'
import { toAppError } from '#db/error.ts'
import { settingsOfUrl } from '#db/tls.ts'
import { UnavailableError } from '#shared/errors.ts'
import { carryOverOf } from './carry-over.ts'
import type { Logger } from './log.ts'
import type { AppOptions } from './open-app.ts'
import type { Shutdown } from './shutdown.ts'

/** The first screen asks for some ten things at once: answers over few connections come before others are open. */
const FIRST_CONNECTIONS = { most: 3, ms: 2000 }

/** The embedded server on its folder, or without one the server of DATABASE_URL. */
export async function openStorage(
  parts: Shutdown,
  options: AppOptions,
  serverFolder: string | null,
  log: Logger,
) {
  const { config } = options
  const own = serverFolder ? await startOwnServer(parts, options, serverFolder, log) : null
  const connection = own?.connection ?? (await settingsOfUrl(config.databaseUrl?.reveal() ?? ''))
  const database: Database = openDatabase({
    connection,
    poolSize: config.databasePoolSize,
    maxOverflow: config.databaseMaxOverflow,
    first: FIRST_CONNECTIONS,
    echo: config.databaseEcho,
    log,
  })
  parts.defer(() => database.close())
  return { database, connection, trouble: own?.trouble }
}

async function startOwnServer(parts: Shutdown, options: AppOptions, dataFolder: string, log: Logger) {
  const onStart = ({ to }: { to: number }) =>
    options.onStarting?.(`Bringing the database to PostgreSQL ${to}…`)
  const carryOver = carryOverOf({ ...options, onStart })
  try {
    const server = await startEmbeddedServer({ dataFolder, signal: options.signal, log, carryOver })
    return parts.use(server)
  } finally {
    options.onStarting?.(null)
  }
}

/** What is thrown when the app cannot start: the window shows the sentence of a known error; a bug keeps its own stack. */
export function startError(error: unknown, { databaseUrl }: AppOptions['config']): unknown {
  const known = toAppError(error)
  if (!(known instanceof UnavailableError)) return error
  return databaseUrl && isUnreachable(known) ? ownServerUnreachable(known) : known
}

function isUnreachable({ detail }: UnavailableError): boolean {
  return typeof detail === 'object' && detail.error === 'DATABASE_UNAVAILABLE'
}

/** Nothing is tried again by itself before the start: the person must act. */
function ownServerUnreachable(cause: UnavailableError): UnavailableError {
  return new UnavailableError(
    'DATABASE_UNAVAILABLE',
    'The database does not answer. Start the server or correct DATABASE_URL.',
    { cause },
  )
}

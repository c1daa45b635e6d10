import path from 'node:path'
import { v7 as newId } from 'uuid'
import { type Database, openDatabase } from '#db/client.ts'
import { startEmbeddedServer } from '#db/embedded/server.ts'
import { startWatchdog, type WatchdogOptions } from '#db/embedded/watchdog-process.ts'
import { toAppError } from '#db/error.ts'
import { migrationStatus } from '#db/migrate.ts'
import { settingsOfUrl } from '#db/tls.ts'
import { UnavailableError } from '#shared/errors.ts'
import { InstanceId } from '#shared/ids.ts'
import type { Preferences } from '#shared/preferences.ts'
import { carryOverOf } from './carry-over.ts'
import type { AppContext } from './context.ts'
import type { Config } from './env.ts'
import { ProgressDesk } from './events/progress.ts'
import type { Topic } from './events/wakeups.ts'
import { createGateway } from './gateway/gateway.ts'
import { ModelCallMeter } from './gateway/model-meter.ts'
import { upstreamsOf } from './gateway/upstreams.ts'
import { type LogFile, type Logger, logPath, openLog } from './log.ts'
import { migrateDatabase } from './migrate-database.ts'
import type { Orchestrator } from './orchestrator/orchestrator.ts'
import { recover } from './orchestrator/recover.ts'
import { limitsOf } from './orchestrator/schedule.ts'
import { startOrchestrator } from './orchestrator/start-orchestrator.ts'
import { openContainment } from './platform/containment.ts'
import type { Desktop } from './platform/desktop-port.ts'
import { registerInstance } from './platform/instances.ts'
import { createProviders, type Providers } from './providers/registry.ts'
import { releaseEverywhere } from './services/blockers.ts'
import { openCredentials } from './services/credentials.ts'
import { startDueJob } from './services/due-notices.ts'
import { startNativeNotices } from './services/native-notices.ts'
import { openPerson } from './services/people.ts'
import { openPreferences } from './services/preferences.ts'
import { openPresence } from './services/presence.ts'
import { openProjectRuns } from './services/project-runs.ts'
import { startRetention } from './services/retention.ts'
import { startTrashJob } from './services/trash.ts'
import { Shutdown } from './shutdown.ts'
import { watchDatabase } from './watch-database.ts'
import { openProjectPlaces } from './workspaces/project-places.ts'

export interface AppOptions {
  config: Config
  version: string
  /** The folder with `migrations/`. */
  root: string
  desktop: Desktop
  /** How to run the watchdog program; null where something else cleans up after this process. */
  watchdog: Pick<WatchdogOptions, 'command' | 'args' | 'environment'> | null
  /** In place of those that the configuration gives. */
  providers?: Providers
  onPreferences?: (preferences: Preferences) => void
  /** Something that windows show has changed. */
  onChange?: (topic: Topic) => void
  /** What takes long at this start, as a sentence for those who wait; null: it is done. */
  onStarting?: (text: string | null) => void
  /** Ends the start. */
  signal: AbortSignal
}

/** The app without its windows: what the window, the terminal command and tests have in common. */
export interface App extends AsyncDisposable {
  ctx: AppContext
  /** The connections under `ctx.db`, for what is no query: backups, measurements. */
  pool: Database['pool']
}

/** Opens everything in its order; what has been opened is closed again when a later part fails. */
export async function openApp(options: AppOptions): Promise<App> {
  const { config, desktop } = options
  let report: Logger | undefined
  const parts = new Shutdown((error) => report?.error({ err: error }, 'a part did not close'))
  try {
    const instanceId = InstanceId.parse(newId())
    const file = await startLog(parts, options, instanceId)
    const { log } = file
    report = log
    const instances = await registerInstance(config.dataFolder, instanceId)
    parts.defer(() => instances.forget(instanceId))
    const serverFolder = config.databaseUrl ? null : path.join(config.dataFolder, 'postgres')
    await watchOver(parts, options, { instanceId, serverFolder, log })
    const { database, connection, trouble } = await openStorage(parts, options, serverFolder, log)
    if (typeof connection.password === 'string') file.hide(connection.password)
    const isEmbedded = serverFolder !== null
    const backups = await migrateDatabase(parts, options, {
      pool: database.pool,
      connection,
      isEmbedded,
      log,
    })

    const { wakeups, databaseWatch } = watchDatabase(parts, {
      database,
      connection,
      isEmbedded,
      trouble,
      log,
      onWake: options.onChange,
    })
    const preferences = await openPreferences(config.dataFolder, (now) => {
      options.onPreferences?.(now)
      wakeups.wake(`user:${person.id}`) // another choice of what is to be heard of
      person.save().catch((error: unknown) => log.warn({ err: error }, 'the new name was not stored'))
    })
    const person = await openPerson({ folder: config.dataFolder, db: database.db, preferences, newId })
    const credentials = await openCredentials({
      folder: config.dataFolder,
      secrets: desktop.secrets,
      environmentKey: config.anthropicApiKey?.reveal(),
      onKey: file.hide,
    })
    const started = performance.now()
    const plain = {
      instanceId,
      version: options.version,
      config,
      db: database.db,
      poolStatus: database.poolStatus,
      migrationState: () => migrationStatus(database.pool, { folder: path.join(options.root, 'migrations') }),
      wakeups,
      progress: new ProgressDesk(),
      databaseWatch,
      log,
      now: () => new Date(),
      newId,
      actor: person.actor,
      uptime: () => (performance.now() - started) / 1000,
      preferences,
      backups,
      places: openProjectPlaces(config.dataFolder),
      containment: openContainment({ mode: config.sandbox, dataFolder: config.dataFolder, instanceId }),
      credentials,
      desktop,
      providers:
        options.providers ??
        createProviders({
          credentials,
          baseUrl: config.anthropicBaseUrl,
          folder: path.join(config.dataFolder, 'agents'),
          hasKey: (api) => upstreamsOf(config, credentials.key())[api].key !== null,
          version: options.version,
          instanceId,
        }),
      gateway: parts.use(createGateway({ upstreams: () => upstreamsOf(config, credentials.key()), log })),
    }
    const base = { ...plain, meter: new ModelCallMeter(plain) }
    const lookAfterOthers = async () => {
      await recover(base, instances)
      await releaseEverywhere({ ...base, orchestrator })
    }
    const orchestrator: Orchestrator = startOrchestrator(base, {
      limits: () => limitsOf(preferences.get()),
      recover: lookAfterOthers,
    })
    parts.defer(() => orchestrator.stop())
    await lookAfterOthers()
    const projectRuns = parts.use(openProjectRuns(base))
    const presence = parts.use(openPresence(base, { userId: person.id }))
    parts.use(startRetention(base))
    parts.use(startTrashJob({ ...base, orchestrator }))
    parts.use(startDueJob(base))
    if (desktop.notices) parts.use(startNativeNotices(base, desktop.notices))
    return {
      ctx: { ...base, presence, projectRuns, orchestrator },
      pool: database.pool,
      [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
    }
  } catch (error) {
    await parts[Symbol.asyncDispose]()
    // The window shows the sentence; a bug keeps its own stack.
    const known = toAppError(error)
    if (!(known instanceof UnavailableError)) throw error
    throw config.databaseUrl && isUnreachable(known) ? ownServerUnreachable(known) : known
  }
}

/** The log, which tells how the app was started. */
async function startLog(parts: Shutdown, options: AppOptions, instanceId: InstanceId): Promise<LogFile> {
  const { config, version } = options
  const file = parts.use(
    await openLog({
      path: logPath(config.dataFolder),
      level: config.logLevel,
      fields: { instance_id: instanceId },
      secrets: config.secrets.map((secret) => secret.reveal()),
    }),
  )
  file.log.info({ event: 'app_start', version }, 'starting')
  if (config.unusedKeys.length > 0) {
    file.log.info({ event: 'config_unused_keys', keys: config.unusedKeys }, 'set, without a job on a desktop')
  }
  for (const problem of config.ignored)
    file.log.warn({ event: 'config_ignored', problem }, 'a value without a job on a desktop is not valid')
  return file
}

/** First in, last out: the watchdog guards the start and the end of the server as well. */
async function watchOver(
  parts: Shutdown,
  options: AppOptions,
  { instanceId, serverFolder, log }: { instanceId: InstanceId; serverFolder: string | null; log: Logger },
): Promise<void> {
  if (!options.watchdog) return
  const onLost = (reason: string) => log.warn({ event: 'watchdog_lost', reason }, 'the watchdog is gone')
  const place = serverFolder ? { dataFolder: serverFolder } : {}
  parts.use(await startWatchdog({ ...options.watchdog, ...place, instanceId, onLost }))
}

/** The embedded server on its folder, or without one the server of DATABASE_URL. */
async function openStorage(parts: Shutdown, options: AppOptions, serverFolder: string | null, log: Logger) {
  const { config } = options
  const own = serverFolder ? await startOwnServer(parts, options, serverFolder, log) : null
  const connection = own?.connection ?? (await settingsOfUrl(config.databaseUrl?.reveal() ?? ''))
  const database: Database = openDatabase({
    connection,
    poolSize: config.databasePoolSize,
    maxOverflow: config.databaseMaxOverflow,
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

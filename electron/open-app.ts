import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Database } from '#db/client.ts'
import type { WatchdogOptions } from '#db/embedded/watchdog-process.ts'
import { InstanceId } from '#shared/ids.ts'
import type { Preferences } from '#shared/preferences.ts'
import type { Config } from './config.ts'
import type { AppContext } from './context.ts'
import type { Topic } from './events/wakeups.ts'
import { type LogFile, type Logger, logPath, openLog } from './log.ts'
import { migrateDatabase } from './migrate-database.ts'
import { newId } from './new-id.ts'
import { openContext } from './open-context.ts'
import { openStorage, startError } from './open-storage.ts'
import { recover } from './orchestrator/recover.ts'
import { limitsOf } from './orchestrator/schedule.ts'
import { startOrchestrator } from './orchestrator/start-orchestrator.ts'
import type { Desktop } from './platform/desktop-port.ts'
import { registerInstance } from './platform/instances.ts'
import type { Providers } from './providers/registry.ts'
import { releaseEverywhere } from './services/blockers.ts'
import { startDueJob } from './services/due-notices.ts'
import { tellInterrupted } from './services/interrupted-merge.ts'
import { startNativeNotices } from './services/native-notices.ts'
import { openPresence } from './services/presence.ts'
import { openProjectRuns } from './services/project-runs.ts'
import { startRetention } from './services/retention.ts'
import { startReviewRoom } from './services/review-room.ts'
import { startTrashJob } from './services/trash.ts'
import { Shutdown } from './shutdown.ts'
import { watchDatabase } from './watch-database.ts'
import { watchOver } from './watch-over.ts'

const STOPPED_MS = 1_000

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
  /** The app is closing: all that worked has stopped, and the database can still be asked. Not waited for longer than a second. */
  onStopped?: (ctx: AppContext) => Promise<void>
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
    const watch = await watchOver(parts, watchdogOf(options, { instanceId, serverFolder, log }))
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
    const { base, userId } = await openContext(parts, options, {
      instanceId,
      file,
      database,
      wakeups,
      databaseWatch,
      backups,
    })
    let whole: AppContext | undefined
    parts.defer(() => whole && onceStopped(options, whole))
    const lookAfterOthers = async (): Promise<void> => {
      await recover(base, instances)
      await releaseEverywhere({ ...base, orchestrator })
    }
    const limits = () => limitsOf(base.preferences.get())
    const orchestrator = startOrchestrator(base, { limits, recover: lookAfterOthers, watched: watch })
    parts.defer(() => orchestrator.stop())
    await lookAfterOthers()
    await tellInterrupted(base)
    const projectRuns = parts.use(openProjectRuns(base))
    const presence = parts.use(openPresence(base, { userId }))
    parts.use(startReviewRoom(base))
    parts.use(startRetention(base))
    parts.use(startTrashJob({ ...base, orchestrator }))
    parts.use(startDueJob(base))
    if (desktop.notices) parts.use(startNativeNotices(base, desktop.notices))
    whole = { ...base, presence, projectRuns, orchestrator }
    return {
      ctx: whole,
      pool: database.pool,
      [Symbol.asyncDispose]: () => parts[Symbol.asyncDispose](),
    }
  } catch (error) {
    await parts[Symbol.asyncDispose]()
    throw startError(error, config)
  }
}

/** A database that does not answer keeps nobody from quitting. */
async function onceStopped({ onStopped }: AppOptions, ctx: AppContext): Promise<void> {
  const told = onStopped?.(ctx).catch((error: unknown) => {
    ctx.log.info(
      { event: 'last_screen_not_kept', err: error },
      'the next start will not begin with the last screen',
    )
  })
  await Promise.race([told, delay(STOPPED_MS, undefined, { ref: false })])
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

function watchdogOf(
  { watchdog }: AppOptions,
  { instanceId, serverFolder, log }: { instanceId: InstanceId; serverFolder: string | null; log: Logger },
) {
  if (!watchdog) return null
  const onLost = (reason: string) => log.warn({ event: 'watchdog_lost', reason }, 'the watchdog is gone')
  return { ...watchdog, instanceId, ...(serverFolder && { dataFolder: serverFolder }), onLost }
}

import path from 'node:path'
import type { Database } from '#db/client.ts'
import { migrationStatus } from '#db/migrate.ts'
import type { InstanceId, UserId } from '#shared/ids.ts'
import type { AppContext } from './context.ts'
import { ProgressDesk } from './events/progress.ts'
import { createGateway } from './gateway/gateway.ts'
import { ModelCallMeter } from './gateway/model-meter.ts'
import { upstreamsOf } from './gateway/upstreams.ts'
import type { LogFile } from './log.ts'
import { newId } from './new-id.ts'
import type { AppOptions } from './open-app.ts'
import { openContainment } from './platform/containment.ts'
import { createProviders } from './providers/registry.ts'
import { openCredentials } from './services/credentials.ts'
import { openPerson } from './services/people.ts'
import { openPreferences } from './services/preferences.ts'
import type { Shutdown } from './shutdown.ts'
import { openProjectPlaces } from './workspaces/project-places.ts'

/** What services use, before anything runs by itself. */
export type BaseContext = Omit<AppContext, 'presence' | 'projectRuns' | 'orchestrator'>

export interface Opened extends Pick<AppContext, 'wakeups' | 'databaseWatch' | 'backups'> {
  instanceId: InstanceId
  file: LogFile
  database: Database
}

/** The context of an open database, and whose app it is: preferences, credentials, providers and their gateway. */
export async function openContext(
  parts: Shutdown,
  options: AppOptions,
  { instanceId, file, database, wakeups, databaseWatch, backups }: Opened,
): Promise<{ base: BaseContext; userId: UserId }> {
  const { config, desktop } = options
  const { log } = file
  const preferences = await openPreferences(config.dataFolder, (now) => {
    options.onPreferences?.(now)
    wakeups.wake('limits')
    wakeups.wake(`user:${person.id}`) // another choice of what is to be heard of
    person.save().catch((error: unknown) => log.warn({ err: error }, 'the new name was not stored'))
  })
  const [person, credentials] = await Promise.all([
    openPerson({ folder: config.dataFolder, db: database.db, preferences, newId }),
    openCredentials({
      folder: config.dataFolder,
      secrets: desktop.secrets,
      environmentKey: config.anthropicApiKey?.reveal(),
      onKey: file.hide,
    }),
  ])
  parts.use(person)
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
        hasKey: (api) => upstreamsOf(config, credentials)[api].key !== null,
        version: options.version,
        instanceId,
      }),
    gateway: parts.use(createGateway({ upstreams: () => upstreamsOf(config, credentials), log })),
  }
  return { base: { ...plain, meter: new ModelCallMeter(plain) }, userId: person.id }
}

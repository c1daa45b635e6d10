import type { Db, PoolStatus } from '#db/client.ts'
import type { MigrationState } from '#db/migration-plan.ts'
import type { Actor } from '#shared/actor.ts'
import type { InstanceId } from '#shared/ids.ts'
import type { Config } from './config.ts'
import type { DatabaseWatch } from './events/database-watch.ts'
import type { ProgressDesk } from './events/progress.ts'
import type { Wakeups } from './events/wakeups.ts'
import type { Gateway } from './gateway/gateway.ts'
import type { ModelCallMeter } from './gateway/model-meter.ts'
import type { Logger } from './log.ts'
import type { Orchestrator } from './orchestrator/orchestrator.ts'
import type { Containment } from './platform/containment.ts'
import type { Desktop } from './platform/desktop-port.ts'
import type { Providers } from './providers/registry.ts'
import type { BackupStore } from './services/backups.ts'
import type { CredentialStore } from './services/credentials.ts'
import type { PreferenceStore } from './services/preferences.ts'
import type { PresenceBook } from './services/presence.ts'
import type { ProjectRuns } from './services/project-runs.ts'
import type { ProjectPlaces } from './workspaces/project-places.ts'

/** Everything that services may use; made once by the composition root, handed in everywhere. */
export interface AppContext {
  /** This running copy of the app or of the terminal command. */
  instanceId: InstanceId
  version: string
  config: Config
  db: Db
  poolStatus: () => PoolStatus
  /** What of this app's schema the database has. */
  migrationState: () => Promise<MigrationState>
  wakeups: Wakeups
  /** How far long calls have come. */
  progress: ProgressDesk
  databaseWatch: DatabaseWatch
  log: Logger
  now: () => Date
  newId: () => string
  /** The person of this app, as everything that they do is signed. */
  actor: () => Actor
  /** Seconds since this instance started. */
  uptime: () => number
  preferences: PreferenceStore
  presence: PresenceBook
  backups: BackupStore
  credentials: CredentialStore
  desktop: Desktop
  providers: Providers
  /** Where processes of agents find their models. */
  gateway: Gateway
  /** Keeps processes of agents in their place. */
  containment: Containment
  /** Counts and bounds the calls of models. */
  meter: ModelCallMeter
  orchestrator: Orchestrator
  projectRuns: ProjectRuns
  /** Where projects lie on this computer. */
  places: ProjectPlaces
}

/**
 * Stands for the app in tests that kill it: `embedded-app.mjs <options as JSON>`. Says one line of JSON when it holds the
 * server (or why it does not), and lets go of it in order when it hears "close".
 */
import { spawn } from 'node:child_process'
import { resolve } from 'node:path'
import { carryOverBy } from '#db/backup/carry-over.ts'
import { startEmbeddedServer } from '#db/embedded/server.ts'
import { startWatchdog } from '#db/embedded/watchdog-process.ts'

export interface EmbeddedAppOptions {
  dataFolder: string
  watchdog?: { program: string; instanceId: string }
  /** A shell command that is started as the process of an agent is: with the mark of the instance. */
  agent?: string
  /** Brings data of an older PostgreSQL over, by a backup in this folder. */
  backups?: string
}

const options = JSON.parse(process.argv[2] ?? '{}') as EmbeddedAppOptions
const { dataFolder, watchdog } = options

function placeOf(folder: string) {
  return { folder, migrations: resolve('migrations'), appVersion: '0.0.0-test', now: () => new Date() }
}

function say(line: object): void {
  process.stdout.write(`${JSON.stringify(line)}\n`)
}

try {
  const guard =
    watchdog &&
    (await startWatchdog({
      instanceId: watchdog.instanceId,
      dataFolder,
      command: process.execPath,
      args: [watchdog.program],
    }))
  const carryOver = options.backups ? carryOverBy(placeOf(options.backups)) : null
  const server = await startEmbeddedServer({
    dataFolder,
    signal: AbortSignal.timeout(60_000),
    ...(carryOver ? { carryOver } : {}),
  })
  const agent =
    options.agent === undefined
      ? undefined
      : spawn('sh', ['-c', options.agent], {
          detached: true,
          stdio: 'inherit',
          env: { ...process.env, RANGERS_INSTANCE_ID: watchdog?.instanceId },
        })
  say({ connection: server.connection, dataFolder: server.dataFolder, watchdog: guard?.pid })
  process.stdin.once('data', () => {
    void server
      .close()
      .then(() => guard?.close())
      .then(() => agent?.pid !== undefined && process.kill(-agent.pid, 'SIGKILL'))
      .then(() => process.exit(0))
  })
} catch (error) {
  say({ error: error instanceof Error ? error.message : String(error) })
  process.exit(1)
}

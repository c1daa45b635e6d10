import path from 'node:path'
import { addBackup, type BackupPlace } from '#db/backup/backup-folder.ts'
import { toAppError } from '#db/error.ts'
import { assertNever } from '#shared/assert-never.ts'
import { type Config, loadConfig } from '../config.ts'
import { ConfigError } from '../config-error.ts'
import { Shutdown } from '../shutdown.ts'
import { UsageError } from './arguments.ts'
import { DATABASE_USAGE, type DatabaseCommand, parseDatabaseCommand } from './database-arguments.ts'
import { runBackup, runBackups, runRestore } from './database-backups.ts'
import * as migrations from './database-migrations.ts'
import { type OpenServer, openServer } from './database-server.ts'
import { terminalOutput as output } from './output.ts'
import { readVersion } from './version.ts'

/** The project, or the app's own folder; a test has its programs elsewhere. */
const root = path.resolve(import.meta.dirname, '../..')
const folder = path.join(root, 'migrations')
const stopping = new AbortController()
const { signal } = stopping
for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => stopping.abort())

process.exitCode = await main(process.argv.slice(2)).catch((error: unknown) => {
  if (signal.aborted) output.error('Stopped. Nothing half-done was left.')
  else output.error(sentence(error))
  if (signal.aborted) return 130
  return error instanceof UsageError ? 64 : 1
})

async function main(args: string[]): Promise<number> {
  const command = parseDatabaseCommand(args)
  if (command.command === 'help') {
    output.line(DATABASE_USAGE)
    return 0
  }
  const config = loadConfig({ cwd: root })
  const version = await readVersion(root)
  await using opened = new Shutdown(() => {}) // what was asked for is done, or said why not
  const open = async () => opened.use(await openServer({ config, root, version, signal }))
  return await perform(command, config, version, open)
}

type Command = Exclude<DatabaseCommand, { command: 'help' }>

async function perform(
  command: Command,
  config: Config,
  version: string,
  open: () => Promise<OpenServer>,
): Promise<number> {
  const backups = path.join(config.dataFolder, 'backups')
  const place = (server: OpenServer): BackupPlace => {
    const { connection } = server
    return { connection, folder: backups, migrations: folder, appVersion: version, now: () => new Date() }
  }
  const beforeLoss = async (server: OpenServer) => {
    if (!server.isEmbedded) return
    output.line(`Backed up to ${(await addBackup(place(server), 'migration', signal)).file}`)
  }
  const work = { folder, output, signal, open, beforeLoss }
  const backupWork = async () => {
    const server = await open()
    return { server, place: place(server), output, signal }
  }
  switch (command.command) {
    case 'up':
      return migrations.runUp(work, command)
    case 'down':
      return migrations.runDown(work, command)
    case 'current':
      return migrations.runCurrent(work, command)
    case 'history':
      return migrations.runHistory(work, command)
    case 'check':
      return migrations.runCheck(work, command)
    case 'make':
      return migrations.runMake(work, command)
    case 'merge':
      return migrations.runMerge(work, command)
    case 'sql':
      return migrations.runSql(work, command)
    case 'stamp':
      return migrations.runStamp(work, command)
    case 'backup':
      return runBackup(await backupWork(), command)
    case 'backups':
      return runBackups({ folder: backups, migrations: folder }, command, output, signal)
    case 'restore':
      return runRestore(await backupWork(), command)
    default:
      return assertNever(command)
  }
}

function sentence(error: unknown): string {
  if (error instanceof UsageError) return `${error.message}\n\n${DATABASE_USAGE}`
  if (error instanceof ConfigError) return error.message
  const known = toAppError(error)
  if (known) return known.message
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

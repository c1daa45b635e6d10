import path from 'node:path'
import { createBackup } from '#db/backup/backup.ts'
import { addBackup, type BackupPlace, listBackupFiles } from '#db/backup/backup-folder.ts'
import type { OnProgress } from '#db/backup/format.ts'
import { inspectBackup, replacedName, restoreBySwap, restoreInside } from '#db/backup/restore.ts'
import type { DatabaseCommand } from './database-arguments.ts'
import type { OpenServer } from './database-server.ts'
import { type Output, table } from './output.ts'

type Command<Name extends DatabaseCommand['command']> = Extract<DatabaseCommand, { command: Name }>

/** What a command on backups works with. */
export interface BackupWork {
  server: OpenServer
  place: BackupPlace
  output: Output
  signal: AbortSignal
}

export async function runBackup(
  { place, output, signal }: BackupWork,
  { file, json }: Command<'backup'>,
): Promise<number> {
  const onProgress = progressOn(output)
  const own = file === undefined ? null : path.resolve(file)
  const made = own
    ? {
        file: own,
        ...(await createBackup({
          ...place,
          file: own,
          kind: 'manual',
          now: place.now(),
          signal,
          onProgress,
        })),
      }
    : await addBackup(place, 'manual', signal, onProgress)
  const rows = made.header.tables.reduce((sum, each) => sum + each.rows, 0)
  if (json) output.json({ file: made.file, verified: made.verified, rows })
  else {
    const how =
      made.verified === 'restored'
        ? 'restored into a scratch database, all came back'
        : 'read through only: the user may not create a scratch database'
    output.line(`Backed up ${rows} rows of ${made.header.tables.length} tables to ${made.file}`)
    output.line(`Verified: ${how}.`)
  }
  return 0
}

export async function runBackups(
  place: Pick<BackupPlace, 'folder' | 'migrations'>,
  { json }: Command<'backups'>,
  output: Output,
  signal: AbortSignal,
): Promise<number> {
  const found = await listBackupFiles(place, signal)
  if (json) output.json(found)
  else if (found.length === 0) output.line(`No backups in ${place.folder}.`)
  else {
    const rows = found.map((each) => [
      path.join(place.folder, each.name),
      each.created_at.toISOString(),
      each.problem ?? `${each.rows} rows, ${each.size} bytes, version ${each.app_version}`,
    ])
    for (const line of table([['FILE', 'MADE', 'HOLDS'], ...rows])) output.line(line)
  }
  return 0
}

export async function runRestore(work: BackupWork, { file, force }: Command<'restore'>): Promise<number> {
  const { server, place, output, signal } = work
  const { migrations } = place
  const { connection, isEmbedded } = server
  const options = { connection, migrations, file: path.resolve(file), signal, onProgress: progressOn(output) }
  await inspectBackup(options.file, migrations, signal) // before anything is made
  if (isEmbedded) {
    await restoreBySwap({ ...options, save: async () => {} }) // the replaced one stays, as is said
    output.line(`Restored ${file}. The database as it was before stays as “${replacedName(connection)}”.`)
    return 0
  }
  if (force) {
    const { file: kept } = await addBackup(place, 'restore', signal)
    output.line(`Backed up what was there to ${kept}`)
  }
  await restoreInside({ ...options, force })
  output.line(`Restored ${file}.`)
  return 0
}

/** Progress goes beside the result. */
function progressOn(output: Output): OnProgress {
  const words = { copy: 'Copying', load: 'Loading', verify: 'Comparing', swap: 'Changing places' }
  let last = ''
  return ({ step }) => {
    if (step !== last) output.error(`${words[step]} …`)
    last = step
  }
}

import { rename, rm } from 'node:fs/promises'
import type { DatabaseOptions } from '../client.ts'
import { sqlState } from '../error.ts'
import { readMigrations } from '../migration-files.ts'
import { createScratchDatabase } from '../scratch-database.ts'
import type { BackupHeader } from './format.ts'
import { loadBackup } from './load-backup.ts'
import { openBackup } from './read-backup.ts'
import { holdBackupLock, openSession } from './session.ts'
import { ownNames } from './tables.ts'
import { type WriteOptions, writeBackup } from './write-backup.ts'

export interface BackupOptions extends Omit<WriteOptions, 'own'> {
  connection: DatabaseOptions['connection']
  /** The folder of migrations. */
  migrations: string
  /** The caller holds the backup lock already. */
  isLocked?: boolean
  /** Appears when all is well, whole. */
  file: string
}

/** `restored`: into a scratch database, where all came back. `read`: only the file, since the user may make no databases. */
export type Verification = 'restored' | 'read'

/**
 * Writes a backup of a database in use, restores it into a scratch database on the same server, and gives it its name
 * only when everything came back. Whatever fails or is cancelled leaves no file.
 */
export async function createBackup(
  options: BackupOptions,
): Promise<{ header: BackupHeader; verified: Verification }> {
  const { connection, file, signal } = options
  const draft = `${file}.partial`
  try {
    await using session = await openSession(connection, signal)
    if (!options.isLocked) await holdBackupLock(session.client)
    const own = ownNames(await readMigrations(options.migrations))
    const header = await writeBackup(session.client, draft, { ...options, own })
    const verified = await verify({ ...options, file: draft })
    signal.throwIfAborted()
    await rename(draft, file)
    return { header, verified }
  } catch (error) {
    await rm(draft, { force: true })
    signal.throwIfAborted()
    throw error
  }
}

const INSUFFICIENT_PRIVILEGE = '42501'

async function verify(options: BackupOptions): Promise<Verification> {
  try {
    await using scratch = await createScratchDatabase(options.connection, 'verify')
    await using session = await openSession(scratch.connection, options.signal)
    await loadBackup(session.client, { ...options, toHead: false })
    return 'restored'
  } catch (error) {
    if (sqlState(error) !== INSUFFICIENT_PRIVILEGE) throw error
    await readThrough(options.file, options.signal)
    return 'read'
  }
}

/** Throws when a file cannot be read to its end. */
async function readThrough(file: string, signal: AbortSignal): Promise<void> {
  await using backup = await openBackup(file, signal)
  for (const _ of backup.header.tables) for await (const _rows of backup.rows()) signal.throwIfAborted()
  await backup.footer()
}

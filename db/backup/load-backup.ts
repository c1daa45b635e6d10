import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { RefusedError } from '#shared/errors.ts'
import { sqlState } from '../error.ts'
import { CHANNEL } from '../listener.ts'
import { type Migration, readMigrations } from '../migration-files.ts'
import { compareMigrations, planUp, refuseUnfit } from '../migration-plan.ts'
import { applyMigration, CREATE_MIGRATION_TABLE, readApplied, undoMigration } from '../migration-table.ts'
import { quoted } from '../scratch-database.ts'
import { type BackupFooter, type BackupHeader, damaged, type OnProgress } from './format.ts'
import { type BackupReader, openBackup } from './read-backup.ts'
import { ownNames, readTables, sumRows } from './tables.ts'

export interface LoadOptions {
  file: string
  /** The folder of migrations. */
  migrations: string
  signal: AbortSignal
  onProgress?: OnProgress | undefined
}

/** Tells all apps on the database that nothing which they have read holds any more. */
const REPLACED = 'database'

/**
 * Replaces what the app has in a database by a backup, in one transaction: undoes all migrations, applies those of the
 * backup, copies its rows in, compares them with its checksums. With `toHead` the newer migrations follow.
 */
export async function loadBackup(
  client: pg.Client,
  options: LoadOptions & { toHead: boolean },
): Promise<BackupHeader> {
  const { file, signal } = options
  const known = await readMigrations(options.migrations)
  await using backup = await openBackup(file, signal)
  const { header } = backup
  const wanted = migrationsOf(header, known)
  const own = ownNames(known)
  await client.query('BEGIN')
  try {
    await rebuild(client, known, wanted)
    const footer = await fill(client, backup, own, options)
    await compare(client, header, footer, own, options)
    if (options.toHead) {
      for (const migration of planUp(known, compareMigrations(known, await readApplied(client))))
        await applyMigration(client, migration)
    }
    await client.query('ANALYZE')
    if (options.toHead) await client.query('SELECT pg_notify($1, $2)', [CHANNEL, REPLACED])
    await client.query('COMMIT')
    return header
  } catch (error) {
    signal.throwIfAborted()
    await client.query('ROLLBACK').catch(() => {}) // the first error says more
    throw error
  }
}

/** The migrations that the backup's database had. Refuses a backup of a newer app, or of edited migrations. */
export function migrationsOf(header: BackupHeader, known: Migration[]): Migration[] {
  const revisions = new Map(header.revisions.map(({ revision, checksum }) => [revision, checksum]))
  const wanted = known.filter(({ revision }) => revisions.has(revision))
  if (wanted.length < revisions.size) {
    throw new RefusedError(
      'BACKUP_NEWER',
      `The backup was made by version ${header.app_version} of Agent Rangers, with migrations that this version does not contain. Update Agent Rangers. Nothing was changed.`,
    )
  }
  const changed = wanted.find(({ revision, checksum }) => revisions.get(revision) !== checksum)
  if (changed) {
    throw new RefusedError(
      'MIGRATION_CHANGED',
      `The migration ${changed.revision}_${changed.name} was changed after the backup was made. Restore its up.sql. Nothing was changed.`,
    )
  }
  return wanted
}

async function rebuild(client: pg.Client, known: Migration[], wanted: Migration[]): Promise<void> {
  const state = compareMigrations(known, await readApplied(client))
  refuseUnfit(known, state)
  const pending = new Set(state.pending)
  for (const migration of known.filter((each) => !pending.has(each)).reverse())
    await undoMigration(client, migration)
  await client.query(CREATE_MIGRATION_TABLE)
  for (const migration of wanted) await applyMigration(client, migration)
}

/** Copies the rows in, without foreign keys and triggers; adding the keys again checks all rows at once. */
async function fill(
  client: pg.Client,
  backup: BackupReader,
  own: ReadonlySet<string>,
  options: LoadOptions,
): Promise<BackupFooter> {
  const { tables } = backup.header
  const all = (await readTables(client, own)).map(({ name }) => quoted(name))
  const { rows: keys } = await client.query<{ table: string; name: string; definition: string }>(
    `SELECT k.conrelid::regclass::text AS table, k.conname AS name, pg_get_constraintdef(k.oid) AS definition
     FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
     WHERE k.contype = 'f' AND k.conparentid = 0
       AND k.connamespace = current_schema()::regnamespace AND c.relname = ANY($1)`,
    [[...own]],
  )
  for (const { table, name } of keys)
    await client.query(`ALTER TABLE ${table} DROP CONSTRAINT ${quoted(name)}`)
  for (const table of all) await client.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`)
  if (all.length > 0) await client.query(`TRUNCATE ${all.join(', ')}`)

  const sums: string[] = []
  for (const [index, { name, columns }] of tables.entries()) {
    options.onProgress?.({ step: 'load', done: index, total: tables.length })
    sums.push(await copyIn(client, { name, columns }, backup.rows(), options))
  }
  const footer = await backup.footer()
  if (footer.tables.some(({ sha256 }, index) => sha256 !== sums[index]))
    throw damaged(options.file, 'its contents do not fit its checksums')

  for (const { name, last_value, is_called } of footer.sequences)
    await client.query('SELECT setval($1::regclass, $2, $3)', [quoted(name), last_value, is_called])
  for (const table of all) await client.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`)
  for (const { table, name, definition } of keys)
    await client.query(`ALTER TABLE ${table} ADD CONSTRAINT ${quoted(name)} ${definition}`)
  return footer
}

async function copyIn(
  client: pg.Client,
  { name, columns }: { name: string; columns: string[] },
  rows: AsyncIterable<Buffer>,
  { file, signal }: LoadOptions,
): Promise<string> {
  const hash = createHash('sha256')
  const target = client.query(copyFrom(`COPY ${quoted(name)} (${columns.map(quoted).join(', ')}) FROM STDIN`))
  const summed = async function* (chunks: AsyncIterable<Buffer>) {
    for await (const chunk of chunks) {
      hash.update(chunk)
      yield chunk
    }
  }
  try {
    await pipeline(rows, summed, target, { signal })
  } catch (error) {
    if (!isAboutRows(error)) throw error
    throw damaged(file, `the table ${name} has a row that cannot be`, error)
  }
  return hash.digest('hex')
}

/** What was broken may still unpack: then it is PostgreSQL that finds a row of no use. */
function isAboutRows(error: unknown): boolean {
  const state = sqlState(error) ?? ''
  return ['22', '23', '54'].includes(state.slice(0, 2)) // data, constraints, limits
}

/** What is in the database now, against what was in the other one. */
async function compare(
  client: pg.Client,
  header: BackupHeader,
  footer: BackupFooter,
  own: ReadonlySet<string>,
  { file, onProgress, signal }: LoadOptions,
): Promise<void> {
  const shapes = new Map((await readTables(client, own)).map((table) => [table.name, table]))
  for (const [index, { name, columns, rows }] of header.tables.entries()) {
    signal.throwIfAborted()
    onProgress?.({ step: 'verify', done: index, total: header.tables.length })
    const shape = shapes.get(name)
    const found = shape && (await sumRows(client, { ...shape, columns }))
    if (found?.rows !== rows || found.sha256 !== footer.tables[index]?.sha256)
      throw damaged(file, `the table ${name} came back different`)
  }
}

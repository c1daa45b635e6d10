import { createWriteStream } from 'node:fs'
import { dirname } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import type pg from 'pg'
import type { BackupKind } from '#shared/backup.ts'
import { RefusedError, UnavailableError } from '#shared/errors.ts'
import { sqlState } from '../error.ts'
import { readApplied } from '../migration-table.ts'
import { quoted } from '../scratch-database.ts'
import {
  type BackupFooter,
  type BackupHeader,
  COMMENT,
  END_OF_ROWS,
  newHeader,
  type OnProgress,
} from './format.ts'
import { type CopiedTable, copyRows, readSequences, readTables, type TableShape } from './tables.ts'

export interface WriteOptions {
  /** The names of our tables and sequences. */
  own: ReadonlySet<string>
  kind: BackupKind
  appVersion: string
  now: Date
  signal: AbortSignal
  onProgress?: OnProgress | undefined
}

/** Writes all rows as they are at one moment, while others go on working; the file is on disk when it returns. */
export async function writeBackup(
  client: pg.Client,
  file: string,
  options: WriteOptions,
): Promise<BackupHeader> {
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
  try {
    const tables = await lockTables(client, options.own)
    const header = await headerOf(client, tables, options)
    await pipeline(
      Readable.from(content(client, header, tables, options), { objectMode: false }),
      createGzip(),
      createWriteStream(file, { mode: 0o600, flush: true }),
      { signal: options.signal },
    )
    await client.query('COMMIT')
    return header
  } catch (error) {
    options.signal.throwIfAborted()
    throw isFull(error) ? full(dirname(file), error) : error
  }
}

/** No migration may take a table away before its turn comes. */
async function lockTables(client: pg.Client, own: ReadonlySet<string>): Promise<TableShape[]> {
  const tables = await readTables(client, own)
  if (tables.length > 0) {
    await client.query(`LOCK TABLE ${tables.map(({ name }) => quoted(name)).join(', ')} IN ACCESS SHARE MODE`)
  }
  return tables
}

async function headerOf(
  client: pg.Client,
  tables: TableShape[],
  { kind, appVersion, now }: WriteOptions,
): Promise<BackupHeader> {
  const applied = await readApplied(client)
  if (applied.length === 0) {
    throw new RefusedError(
      'NOTHING_TO_BACK_UP',
      'The database has no tables of Agent Rangers yet: nothing to back up.',
    )
  }
  const server = await client.query<{ version: string }>(
    `SELECT current_setting('server_version') AS version`,
  )
  const counted: BackupHeader['tables'] = []
  for (const { name, columns } of tables) {
    const { rows } = await client.query<{ n: string }>(`SELECT count(*)::text AS n FROM ${quoted(name)}`)
    counted.push({ name, columns, rows: Number(rows[0]?.n) })
  }
  return newHeader({
    app_version: appVersion,
    created_at: now.toISOString(),
    kind,
    server_version: server.rows[0]?.version ?? '',
    revisions: applied.map(({ revision, checksum }) => ({ revision, checksum })),
    tables: counted,
  })
}

async function* content(
  client: pg.Client,
  header: BackupHeader,
  tables: TableShape[],
  { own, onProgress }: WriteOptions,
): AsyncGenerator<Buffer | string> {
  yield `${COMMENT}${JSON.stringify(header)}\n`
  const copied: CopiedTable[] = []
  for (const table of tables) {
    onProgress?.({ step: 'copy', done: copied.length, total: tables.length })
    yield `COPY ${quoted(table.name)} (${table.columns.map(quoted).join(', ')}) FROM stdin;\n`
    copied.push(yield* copyRows(client, table))
    yield END_OF_ROWS
  }
  // After the rows: a sequence knows no snapshot, so it is now at least where the rows are.
  const footer: BackupFooter = { tables: copied, sequences: await stateOfSequences(client, own) }
  yield `${COMMENT}${JSON.stringify(footer)}\n`
}

async function stateOfSequences(
  client: pg.Client,
  own: ReadonlySet<string>,
): Promise<BackupFooter['sequences']> {
  const sequences: BackupFooter['sequences'] = []
  for (const name of await readSequences(client, own)) {
    const { rows } = await client.query<{ last_value: string; is_called: boolean }>(
      `SELECT last_value::text, is_called FROM ${quoted(name)}`,
    )
    for (const row of rows) sequences.push({ name, ...row })
  }
  return sequences
}

function isFull(error: unknown): boolean {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(sqlState(error) ?? '')
}

function full(folder: string, cause: unknown): UnavailableError {
  return new UnavailableError(
    'DISK_FULL',
    `There is no space left for the backup in ${folder}. Free some space there and try again. Nothing was kept of it.`,
    { cause },
  )
}

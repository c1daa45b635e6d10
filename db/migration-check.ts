import type pg from 'pg'
import {
  foreignKeyText,
  type LiveColumn,
  type LiveSchema,
  readColumns,
  readLiveSchema,
} from './migration-live.ts'
import { type Snapshot, type SnapshotTable, schemaSnapshot } from './migration-snapshot.ts'

/** One place where a database is not what the drizzle schema says. */
export interface Difference {
  kind: 'table' | 'column' | 'type' | 'default' | 'nullability' | 'foreign_key' | 'index' | 'constraint'
  table: string
  /** Of the column, key, index or constraint; of the table itself. */
  name: string
  /** What the schema says; null: there is no such thing in it. */
  expected: string | null
  /** What the database has; null: nothing. */
  found: string | null
}

/** The sentence of a difference. */
export function describeDifference({ kind, table, name, expected, found }: Difference): string {
  const what = kind === 'table' ? `table ${table}` : `${kind.replace('_', ' ')} of ${table}.${name}`
  if (found === null) return `${what}: the database lacks it (${expected})`
  if (expected === null) return `${what}: only the database has it (${found})`
  return `${what}: the schema says ${expected}, the database has ${found}`
}

/**
 * Compares tables, columns, types, defaults and nullability both ways; of foreign keys, indexes and constraints only
 * those that the schema declares, since most are written in the migrations alone.
 */
export async function compareSchema(
  pool: pg.Pool,
  imports?: Record<string, unknown>,
): Promise<{ differences: Difference[]; snapshot: Snapshot; live: LiveSchema }> {
  const snapshot = await schemaSnapshot(imports)
  const live = await readLiveSchema(pool)
  const expected = byTable(await asTheServerSays(pool, snapshot))
  const found = byTable(live.columns)
  const differences: Difference[] = []
  for (const table of new Set([...expected.keys(), ...found.keys()])) {
    const [schema, database] = [expected.get(table), found.get(table)]
    if (schema && database) differences.push(...compareColumns(table, schema, database))
    else {
      const size = (columns?: Map<string, LiveColumn>) => (columns ? `${columns.size} columns` : null)
      differences.push({ kind: 'table', table, name: table, expected: size(schema), found: size(database) })
    }
  }
  for (const table of Object.values(snapshot.tables)) {
    if (found.has(table.name)) differences.push(...missingParts(table, live))
  }
  return { differences, snapshot, live }
}

type Columns = Map<string, LiveColumn>

function compareColumns(table: string, expected: Columns, found: Columns): Difference[] {
  const differences: Difference[] = []
  for (const name of new Set([...expected.keys(), ...found.keys()])) {
    const [schema, database] = [expected.get(name), found.get(name)]
    const note = (kind: Difference['kind'], want: string | null, have: string | null) => {
      if (want !== have) differences.push({ kind, table, name, expected: want, found: have })
    }
    if (!schema || !database) note('column', schema?.type ?? null, database?.type ?? null)
    else {
      note('type', schema.type, database.type)
      note('default', defaultOf(schema), defaultOf(database))
      note('nullability', nullability(schema), nullability(database))
    }
  }
  return differences
}

function missingParts(table: SnapshotTable, live: LiveSchema): Difference[] {
  const missing = (kind: Difference['kind'], name: string, expected: string): Difference => {
    return { kind, table: table.name, name, expected, found: null }
  }
  const keys = Object.values(table.foreignKeys).flatMap((key) => {
    const text = foreignKeyText({
      table: table.name,
      columns: key.columnsFrom,
      target: key.tableTo,
      target_columns: key.columnsTo,
      on_delete: key.onDelete ?? 'no action',
    })
    return live.foreignKeys.has(text) ? [] : [missing('foreign_key', key.name, text)]
  })
  const named = (kind: 'index' | 'constraint', parts: Record<string, { name: string }>) =>
    Object.values(parts).flatMap(({ name }) => (live.names.has(name) ? [] : [missing(kind, name, name)]))
  return [
    ...keys,
    ...named('index', table.indexes),
    ...named('constraint', table.uniqueConstraints),
    ...named('constraint', table.checkConstraints),
  ]
}

/** The schema's columns in the server's own words: made as temporary tables, read back and rolled back. */
async function asTheServerSays(pool: pg.Pool, { tables }: Snapshot): Promise<LiveColumn[]> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    for (const table of Object.values(tables)) {
      const columns = Object.values(table.columns).map((column) => {
        const value = column.default === undefined ? '' : ` DEFAULT ${String(column.default)}`
        return `${quoted(column.name)} ${column.type}${value}${column.notNull ? ' NOT NULL' : ''}`
      })
      await client.query(`CREATE TEMPORARY TABLE ${quoted(table.name)} (${columns.join(', ')})`)
    }
    return await readColumns(client, 'pg_my_temp_schema()')
  } finally {
    await client.query('ROLLBACK').catch(() => {})
    client.release()
  }
}

function byTable(columns: LiveColumn[]): Map<string, Columns> {
  const tables = new Map<string, Columns>()
  for (const column of columns) {
    const table = tables.get(column.table) ?? new Map<string, LiveColumn>()
    tables.set(column.table, table.set(column.name, column))
  }
  return tables
}

/** A sequence's name holds its schema, which is not the same. */
function defaultOf(column: LiveColumn): string {
  return column.default?.replace(/^nextval\(.*\)$/, 'the next number') ?? 'none'
}

function nullability(column: LiveColumn): string {
  return column.not_null ? 'not null' : 'null'
}

function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

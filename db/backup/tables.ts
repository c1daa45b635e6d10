import { createHash } from 'node:crypto'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Migration } from '../migration-files.ts'
import { quoted } from '../scratch-database.ts'

/** A table, as far as its rows matter. */
export interface TableShape {
  name: string
  /** Without generated ones. */
  columns: string[]
  /** The columns of the primary key: the order of the rows, and so of the checksum. */
  key: string[]
}

const MAKES = /\b(?:CREATE (?:UNLOGGED )?TABLE|CREATE SEQUENCE|RENAME TO)\s+(?:IF NOT EXISTS\s+)?"?(\w+)"?/gi

/** What migrations make: tables of others in the same database are none of our business. */
export function ownNames(known: readonly Migration[]): Set<string> {
  return new Set(known.flatMap(({ up }) => [...up.matchAll(MAKES)].map(([, name = '']) => name)))
}

/** Those of our tables that there are, by name. */
export async function readTables(client: pg.Client, own: ReadonlySet<string>): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(`
    SELECT c.relname AS name,
      ARRAY(SELECT a.attname::text FROM pg_attribute a
        WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = '' ORDER BY a.attnum) AS columns,
      ARRAY(SELECT a.attname::text FROM pg_index i, unnest(i.indkey) WITH ORDINALITY AS k (number, place), pg_attribute a
        WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.number ORDER BY k.place) AS key
    FROM pg_class c
    WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = current_schema()::regnamespace
    ORDER BY c.relname`)
  return rows.filter(({ name, columns }) => own.has(name) && columns.length > 0)
}

/** Our sequences: those of our tables, and those that stand alone. */
export async function readSequences(client: pg.Client, own: ReadonlySet<string>): Promise<string[]> {
  const { rows } = await client.query<{ name: string; owner: string | null }>(`
    SELECT s.relname AS name, t.relname AS owner
    FROM pg_class s
    LEFT JOIN pg_depend d ON d.objid = s.oid AND d.classid = 'pg_class'::regclass
      AND d.refclassid = 'pg_class'::regclass AND d.deptype IN ('a', 'i')
    LEFT JOIN pg_class t ON t.oid = d.refobjid
    WHERE s.relkind = 'S' AND s.relnamespace = current_schema()::regnamespace
    ORDER BY s.relname`)
  return rows.filter(({ name, owner }) => own.has(owner ?? name)).map(({ name }) => name)
}

/** What was copied of one table. */
export interface CopiedTable {
  name: string
  rows: number
  /** Of the rows as text. */
  sha256: string
}

/** The rows of a table as text, in the order of its key; the result is known at the end. */
export async function* copyRows(client: pg.Client, table: TableShape): AsyncGenerator<Buffer, CopiedTable> {
  const names = table.columns.map(quoted).join(', ')
  const order = (table.key.length > 0 ? table.key : table.columns).map(quoted)
  const by = table.key.length > 0 ? order : order.map((column) => `${column}::text`)
  const rows = `SELECT ${names} FROM ${quoted(table.name)} ORDER BY ${by.join(', ')}`
  const stream = client.query(copyTo(`COPY (${rows}) TO STDOUT`))
  const hash = createHash('sha256')
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    hash.update(chunk)
    yield chunk
  }
  return { name: table.name, rows: stream.rowCount, sha256: hash.digest('hex') }
}

/** Reads a table for its checksum alone. */
export async function sumRows(client: pg.Client, table: TableShape): Promise<CopiedTable> {
  const rows = copyRows(client, table)
  for (;;) {
    const next = await rows.next()
    if (next.done) return next.value
  }
}

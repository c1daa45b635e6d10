import type pg from 'pg'
import { MIGRATION_TABLE } from './migration-table.ts'

/** A column as the server describes it, so that two descriptions can be compared as text. */
export interface LiveColumn {
  table: string
  name: string
  type: string
  not_null: boolean
  primary_key: boolean
  default: string | null
}

/** What a database really holds. */
export interface LiveSchema {
  columns: LiveColumn[]
  /** As `foreignKeyText` writes them. */
  foreignKeys: Set<string>
  /** Names of indexes and constraints. */
  names: Set<string>
}

/** Reads the tables of the schema that the app uses, its own table of migrations left out. */
export async function readLiveSchema(client: pg.Pool | pg.ClientBase): Promise<LiveSchema> {
  const columns = await readColumns(client, 'current_schema()::regnamespace')
  const keys = await client.query<ForeignKey>(READ_FOREIGN_KEYS)
  const names = await client.query<{ name: string }>(READ_NAMES)
  return {
    columns: columns.filter(({ table }) => table !== MIGRATION_TABLE),
    foreignKeys: new Set(keys.rows.map(foreignKeyText)),
    names: new Set(names.rows.map((row) => row.name)),
  }
}

/** The columns of all tables in a schema: `namespace` is an SQL expression. */
export async function readColumns(client: pg.Pool | pg.ClientBase, namespace: string): Promise<LiveColumn[]> {
  const { rows } = await client.query<LiveColumn>(`
    SELECT c.relname AS table, a.attname AS name, format_type(a.atttypid, a.atttypmod) AS type,
      a.attnotnull AS not_null, pg_get_expr(d.adbin, d.adrelid) AS default,
      EXISTS (SELECT FROM pg_index i WHERE i.indrelid = c.oid AND i.indisprimary AND a.attnum = ANY(i.indkey)) AS primary_key
    FROM pg_class c
    JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p') AND c.relnamespace = ${namespace}
    ORDER BY c.relname, a.attnum`)
  return rows
}

interface ForeignKey {
  table: string
  columns: string[]
  target: string
  target_columns: string[]
  on_delete: string
}

/** Equal for equal keys, whatever they are called. */
export function foreignKeyText(key: ForeignKey): string {
  const { table, columns, target, target_columns, on_delete } = key
  return `${table} (${columns.join(', ')}) → ${target} (${target_columns.join(', ')}) on delete ${on_delete}`
}

const names = (relation: string, numbers: string) => `ARRAY(
  SELECT a.attname::text FROM unnest(k.${numbers}) WITH ORDINALITY AS n (number, place)
  JOIN pg_attribute a ON a.attrelid = k.${relation} AND a.attnum = n.number ORDER BY n.place)`

const READ_FOREIGN_KEYS = `
  SELECT f.relname AS table, t.relname AS target,
    ${names('conrelid', 'conkey')} AS columns, ${names('confrelid', 'confkey')} AS target_columns,
    CASE k.confdeltype WHEN 'a' THEN 'no action' WHEN 'r' THEN 'restrict' WHEN 'c' THEN 'cascade'
      WHEN 'n' THEN 'set null' ELSE 'set default' END AS on_delete
  FROM pg_constraint k JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
  WHERE k.contype = 'f' AND k.connamespace = current_schema()::regnamespace`

const READ_NAMES = `
  SELECT conname::text AS name FROM pg_constraint WHERE connamespace = current_schema()::regnamespace
  UNION SELECT indexname::text FROM pg_indexes WHERE schemaname = current_schema()`

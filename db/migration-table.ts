import type pg from 'pg'
import type { Migration } from './migration-files.ts'
import type { AppliedMigration } from './migration-plan.ts'

/** Where a database remembers what was applied to it. */
export const MIGRATION_TABLE = 'schema_migrations'

export const CREATE_MIGRATION_TABLE = `CREATE TABLE IF NOT EXISTS ${MIGRATION_TABLE} (
  revision text PRIMARY KEY,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  duration_ms integer NOT NULL
)`

/** What is applied; nothing in a database that was never migrated. Changes nothing. */
export async function readApplied(client: pg.Pool | pg.ClientBase): Promise<AppliedMigration[]> {
  const found = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('${MIGRATION_TABLE}') IS NOT NULL AS "exists"`,
  )
  if (!found.rows[0]?.exists) return []
  const { rows } = await client.query<AppliedMigration>(
    `SELECT revision, name, checksum, applied_at, duration_ms FROM ${MIGRATION_TABLE} ORDER BY applied_at, revision`,
  )
  return rows
}

/** Runs up.sql and notes it; the caller holds the transaction. Returns how long up.sql took, in ms. */
export async function applyMigration(client: pg.ClientBase, migration: Migration): Promise<number> {
  const start = performance.now()
  await client.query(migration.up)
  const duration = Math.round(performance.now() - start)
  await noteMigration(client, migration, duration)
  return duration
}

/** Runs down.sql and forgets the migration; the caller holds the transaction. */
export async function undoMigration(client: pg.ClientBase, migration: Migration): Promise<void> {
  await client.query(migration.down)
  await client.query(`DELETE FROM ${MIGRATION_TABLE} WHERE revision = $1`, [migration.revision])
}

/** Writes the row of a migration, without running it; an old row learns the present checksum. */
export async function noteMigration(
  client: pg.ClientBase,
  { revision, name, checksum }: Migration,
  durationMs = 0,
): Promise<void> {
  // clock_timestamp(): several migrations of one transaction keep their order.
  await client.query(
    `INSERT INTO ${MIGRATION_TABLE} (revision, name, checksum, applied_at, duration_ms)
     VALUES ($1, $2, $3, clock_timestamp(), $4)
     ON CONFLICT (revision) DO UPDATE SET name = excluded.name, checksum = excluded.checksum`,
    [revision, name, checksum, durationMs],
  )
}

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Pool } from 'pg'

interface WriteOptions {
  down?: string
  parents?: string | string[] | null
}

/** A folder of migrations that a test writes itself. */
export interface MigrationFolder extends AsyncDisposable {
  path: string
  /** A migration `<revision>_<name>`; it builds on the one before it, by number, unless `parents` says otherwise. */
  write(name: string, up: string, options?: WriteOptions): Promise<void>
}

export async function makeMigrationFolder(): Promise<MigrationFolder> {
  const path = await mkdtemp(join(tmpdir(), 'rangers-migrations-'))
  return {
    path,
    async write(name, up, { down = 'SELECT 1', parents = previous(name) } = {}) {
      await mkdir(join(path, name), { recursive: true })
      const [revision = ''] = name.split('_')
      const meta = { revision, down_revision: parents, message: name, created: '2026-01-01T00:00:00Z' }
      await writeFile(join(path, name, 'meta.json'), JSON.stringify(meta))
      await writeFile(join(path, name, 'up.sql'), up)
      await writeFile(join(path, name, 'down.sql'), down)
    },
    [Symbol.asyncDispose]: () => rm(path, { recursive: true }),
  }
}

function previous(name: string): string | null {
  const number = Number(name.slice(0, 4)) - 1
  return number === 0 ? null : String(number).padStart(4, '0')
}

/** The tables that there are, without the app's note of migrations. */
export async function tables(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string }>(
    `SELECT tablename AS name FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'schema_migrations' ORDER BY 1`,
  )
  return rows.map((row) => row.name)
}

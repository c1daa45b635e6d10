import { sql } from 'drizzle-orm'
import { z } from 'zod'
import type { Db } from '../client.ts'

const Facts = z.object({
  name: z.string(),
  version: z.string(),
  size: z.number(),
  boards: z.number(),
  cards: z.number(),
})

/** What the settings page tells of the database: its size in bytes, and what is in it but not in the trash. */
export async function readDatabaseFacts(db: Db): Promise<z.infer<typeof Facts>> {
  const { rows } = await db.execute(sql`
    select current_database() as name, current_setting('server_version') as version,
      pg_database_size(current_database())::float8 as size,
      (select count(*)::int from boards where deleted_at is null) as boards,
      (select count(*)::int from tasks t join boards b on b.id = t.board_id
        where t.deleted_at is null and b.deleted_at is null) as cards`)
  return Facts.parse(rows[0])
}

/** Another one after each restore: the database is another, or its tables are. */
export async function readDatabaseIdentity(db: Db): Promise<string> {
  const { rows } = await db.execute(sql`
    select concat_ws('.', oid, to_regclass('boards')::oid) as identity
    from pg_database where datname = current_database()`)
  return z.object({ identity: z.string() }).parse(rows[0]).identity
}

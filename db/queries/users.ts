import { sql } from 'drizzle-orm'
import type { UserId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { users } from '../schema/ledger.ts'

/** The person of a data folder, made or renamed. */
export async function saveUser(db: Db, id: UserId, name: string): Promise<void> {
  await db
    .insert(users)
    .values({ id, name })
    .onConflictDoUpdate({
      target: users.id,
      set: { name },
      setWhere: sql`${users.name} <> excluded.name`,
    })
}

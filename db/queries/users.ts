import { asc, eq, sql } from 'drizzle-orm'
import type { UserId } from '#shared/ids.ts'
import type { Person } from '#shared/person.ts'
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

/** By name. */
export function listUsers(db: Db): Promise<Person[]> {
  return db.select({ id: users.id, name: users.name }).from(users).orderBy(asc(users.name), asc(users.id))
}

export async function isUser(db: Db, id: UserId): Promise<boolean> {
  return (await db.$count(users, eq(users.id, id))) > 0
}

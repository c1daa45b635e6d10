import { sql } from 'drizzle-orm'
import type { Actor } from '#shared/actor.ts'
import type { Db } from '../client.ts'

/** Who makes a change, and in which call: what its audit records say. */
export interface Author {
  actor: Actor
  correlationId: string | null
}

/** The values of the two settings that the audit's triggers read. */
export function settingsOf({ actor, correlationId }: Author): [actor: string, correlationId: string] {
  return [JSON.stringify({ type: actor.type, id: actor.id, name: actor.name }), correlationId ?? '']
}

/** Signs all that this transaction changes. Changes of a board are signed where it is locked (lockBoard). */
export async function signAs(tx: Db, author: Author): Promise<void> {
  const [actor, correlationId] = settingsOf(author)
  await tx.execute(
    sql`select set_config('rangers.actor', ${actor}, true), set_config('rangers.correlation_id', ${correlationId}, true)`,
  )
}

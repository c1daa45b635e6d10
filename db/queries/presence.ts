import { and, asc, eq, gte, lt, ne, sql } from 'drizzle-orm'
import type { BoardId, InstanceId, UserId } from '#shared/ids.ts'
import { Presence } from '#shared/presence.ts'
import type { Db } from '../client.ts'
import { boardPresence, users } from '../schema/ledger.ts'

/** A running app that has a board open. */
export interface Viewer {
  boardId: BoardId
  instanceId: InstanceId
  userId: UserId
  name: string
}

/** Says that an app has a board open; again and again, as a sign of life. True: nobody knew it yet. */
export async function markPresent(db: Db, { boardId, instanceId, userId, name }: Viewer): Promise<boolean> {
  // The person may be unknown here: a backup of before has been restored, say.
  const { rows } = await db.execute(sql`
    with person as (insert into users (id, name) values (${userId}, ${name}) on conflict (id) do nothing)
    insert into board_presence (board_id, instance_id, user_id) values (${boardId}, ${instanceId}, ${userId})
    on conflict (board_id, instance_id) do update set seen_at = now(), user_id = excluded.user_id
    returning xmax = 0 as is_new`)
  return rows[0]?.is_new === true
}

export async function markAbsent(db: Db, boardId: BoardId, instanceId: InstanceId): Promise<void> {
  await db
    .delete(boardPresence)
    .where(and(eq(boardPresence.board_id, boardId), eq(boardPresence.instance_id, instanceId)))
}

/** Forgets those who have given no sign of life for so many seconds. Returns whether there were any. */
export async function removeSilent(db: Db, boardId: BoardId, seconds: number): Promise<boolean> {
  const gone = await db
    .delete(boardPresence)
    .where(and(eq(boardPresence.board_id, boardId), lt(boardPresence.seen_at, ago(seconds))))
    .returning({ id: boardPresence.instance_id })
  return gone.length > 0
}

/** Who else has the board open, the first comer first. */
export async function listOthers(
  db: Db,
  boardId: BoardId,
  self: InstanceId,
  seconds: number,
): Promise<Presence[]> {
  const rows = await db
    .select({
      user_id: boardPresence.user_id,
      name: users.name,
      instance_id: boardPresence.instance_id,
      since: boardPresence.since,
    })
    .from(boardPresence)
    .innerJoin(users, eq(users.id, boardPresence.user_id))
    .where(
      and(
        eq(boardPresence.board_id, boardId),
        ne(boardPresence.instance_id, self),
        gte(boardPresence.seen_at, ago(seconds)),
      ),
    )
    .orderBy(asc(boardPresence.since), asc(boardPresence.instance_id))
  return rows.map((row) => Presence.parse(row))
}

/** By the database's clock: those of computers differ. */
function ago(seconds: number) {
  return sql`now() - make_interval(secs => ${seconds})`
}

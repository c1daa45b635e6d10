import { lastActivityId, listActivity as listOf, readActivity } from '#db/queries/activity.ts'
import type { Activity, FollowActivity, ListActivity } from '#shared/activity.ts'
import type { AppContext } from '../context.ts'
import { follow } from '../events/follow.ts'

/** A page of the feed, newest first. */
export function listActivity(ctx: Pick<AppContext, 'db'>, input: ListActivity): Promise<Activity[]> {
  const { board_id, task_id, actor_type, before, limit } = input
  const page = { before: before === undefined ? undefined : BigInt(before), limit }
  return listOf(ctx.db, { boardId: board_id, taskId: task_id, actorType: actor_type }, page)
}

/** The feed after an id (without one: from now on), oldest first, until the signal aborts. */
export async function* followActivity(
  ctx: Pick<AppContext, 'db' | 'wakeups'>,
  { lastEventId, ...of }: FollowActivity,
  signal: AbortSignal,
): AsyncGenerator<Activity> {
  const after = lastEventId === undefined ? await lastActivityId(ctx.db, of) : BigInt(lastEventId)
  const rows = follow({
    wakeups: ctx.wakeups,
    topic: `board:${of.boardId}`,
    after,
    read: (cursor, limit) => readActivity(ctx.db, of, cursor, limit),
    cursorOf: (row) => row.id,
    signal,
  })
  for await (const { activity } of rows) yield activity
}

import { sql } from 'drizzle-orm'
import { z } from 'zod'
import { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { Db } from '../client.ts'

/** A column with a limit to which agents bring cards, with how many are in it. */
const LimitedColumn = z.object({
  board_id: BoardId,
  id: ColumnId,
  name: z.string(),
  limit: z.number().int(),
  count: z.number().int(),
})
export type LimitedColumn = z.infer<typeof LimitedColumn>

const COUNT = sql`(select count(*)::int from tasks n
  where n.column_id = c.id and n.deleted_at is null and n.archived_at is null)`

/** Of each of these boards the first column that starts agents, where it has a limit. */
export async function listAgentColumns(db: Db, boards: readonly BoardId[]): Promise<LimitedColumn[]> {
  const { rows } = await db.execute(sql`
    select c.board_id, c.id, c.name, c.wip_limit as limit, ${COUNT} as count
    from (
      select distinct on (board_id) * from columns
      where board_id in ${[...boards]} and triggers_agents and deleted_at is null
      order by board_id, "order", created_at, id
    ) c where c.wip_limit > 0`)
  return z.array(LimitedColumn).parse(rows)
}

/**
 * Cards that agents are done with and that are still where these worked, since the review column was full: any other
 * place is one that a person has chosen.
 */
const LEFT = sql`
  tasks t join columns a on a.id = t.column_id join boards b on b.id = t.board_id
  where t.deleted_at is null and t.archived_at is null and b.deleted_at is null and a.deleted_at is null
    and t.status in ('in_review', 'blocked') and not t.waits_for_blockers
    and a.triggers_agents and not a.is_review_column
    and exists (select from executions e
      where e.task_id = t.id and e.status in ('completed', 'blocked') and e.resolution = 'none')
    and not exists (select from executions e where e.task_id = t.id
      and e.status in ('pending', 'running', 'awaiting_clarification', 'awaiting_approval', 'paused'))`

/** The boards on which such cards are, and whether their review column has room for one. */
export async function listBoardsLeft(db: Db): Promise<{ id: BoardId; has_room: boolean }[]> {
  const { rows } = await db.execute(sql`
    select c.board_id as id, coalesce(c.wip_limit, 0) = 0 or ${COUNT} < c.wip_limit as has_room
    from (
      select distinct on (board_id) * from columns
      where is_review_column and deleted_at is null and board_id in (select t.board_id from ${LEFT})
      order by board_id, "order", created_at, id
    ) c`)
  return z.array(z.object({ id: BoardId, has_room: z.boolean() })).parse(rows)
}

/** Such cards of a board, those that wait longest first. */
export async function listTasksLeft(tx: Db, boardId: BoardId): Promise<{ id: TaskId; status: string }[]> {
  const { rows } = await tx.execute(
    sql`select t.id, t.status from ${LEFT} and t.board_id = ${boardId} order by t.updated_at, t.id`,
  )
  return z.array(z.object({ id: TaskId, status: z.string() })).parse(rows)
}

import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { AuditRecord } from '#shared/audit.ts'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { auditLogs } from '../schema/ledger.ts'

export interface AuditFilter {
  boardId?: BoardId | undefined
  entityId?: string | undefined
  before?: bigint | undefined
  limit: number
}

/** Newest first. */
export async function listAudit(db: Db, filter: AuditFilter): Promise<AuditRecord[]> {
  const { boardId, entityId, before, limit } = filter
  const rows = await db
    .select()
    .from(auditLogs)
    .where(
      and(
        boardId === undefined ? undefined : eq(auditLogs.board_id, boardId),
        entityId === undefined ? undefined : eq(auditLogs.entity_id, entityId),
        before === undefined ? undefined : lt(auditLogs.id, before),
      ),
    )
    .orderBy(desc(auditLogs.id))
    .limit(limit)
  return rows.map(({ actor_type, actor_id, actor_name, ...row }) => {
    const actor = { type: actor_type, id: actor_id, name: actor_name }
    return AuditRecord.parse({ ...row, id: String(row.id), actor })
  })
}

/** Removes some records that nobody has to keep any more; the trail's own trigger refuses younger ones. */
export async function removeOldAudit(tx: Db, olderThanDays: number, limit: number): Promise<number> {
  await tx.execute(sql`select set_config('rangers.audit_retention', 'on', true)`)
  const { rowCount } = await tx.execute(sql`
    delete from audit_logs where id in (
      select id from audit_logs where created_at < clock_timestamp() - make_interval(days => ${olderThanDays})
      order by id limit ${limit} for update skip locked)`)
  return rowCount ?? 0
}

/** Beside the record of a card that came: that it did so above the limit of its column, on purpose. */
export async function auditForced(
  tx: Db,
  boardId: BoardId,
  taskId: TaskId,
  limit: { column_id: ColumnId; limit: number; count: number },
): Promise<void> {
  await tx.execute(sql`
    insert into audit_logs
      (board_id, entity_type, entity_id, action, actor_type, actor_id, actor_name, changes, correlation_id)
    select ${boardId}::uuid, 'task', ${taskId}::uuid, 'force', coalesce(a.actor ->> 'type', 'system'), a.actor ->> 'id',
      coalesce(a.actor ->> 'name', 'system'), jsonb_build_object('before', null, 'after', ${JSON.stringify(limit)}::jsonb),
      nullif(current_setting('rangers.correlation_id', true), '')
    from (select nullif(current_setting('rangers.actor', true), '')::jsonb as actor) a`)
}

import { and, desc, eq, lt, sql } from 'drizzle-orm'
import { AuditRecord } from '#shared/audit.ts'
import type { BoardId } from '#shared/ids.ts'
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

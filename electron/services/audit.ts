import { listAudit as list } from '#db/queries/audit.ts'
import type { AuditRecord, ListAudit } from '#shared/audit.ts'
import type { AppContext } from '../context.ts'

/** A page of the trail, newest first. */
export function listAudit(ctx: Pick<AppContext, 'db'>, input: ListAudit): Promise<AuditRecord[]> {
  const { board_id, entity_id, before, limit } = input
  return list(ctx.db, {
    boardId: board_id,
    entityId: entity_id,
    before: before === undefined ? undefined : BigInt(before),
    limit,
  })
}

import { and, asc, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import { Attachment } from '#shared/attachment.ts'
import type { AttachmentId, TaskId } from '#shared/ids.ts'
import { Task } from '#shared/task.ts'
import type { Db } from '../client.ts'
import { tasks } from '../schema/boards.ts'
import { attachments } from '../schema/cards.ts'

const isLive = isNull(attachments.deleted_at)

/** Oldest first. */
export async function listAttachments(db: Db, taskId: TaskId): Promise<Attachment[]> {
  const rows = await db
    .select()
    .from(attachments)
    .where(and(eq(attachments.task_id, taskId), isLive))
    .orderBy(asc(attachments.created_at), asc(attachments.id))
  return rows.map((row) => Attachment.parse(row))
}

/** Also one that was deleted: it can be restored. */
export async function findAttachment(
  db: Db,
  id: AttachmentId,
): Promise<(Attachment & { isDeleted: boolean }) | null> {
  const [row] = await db.select().from(attachments).where(eq(attachments.id, id))
  return row ? { ...Attachment.parse(row), isDeleted: row.deleted_at !== null } : null
}

export async function insertAttachment(tx: Db, values: Omit<Attachment, 'updated_at'>): Promise<Attachment> {
  const [row] = await tx.insert(attachments).values(values).returning()
  return Attachment.parse(row)
}

/** Hides it, or shows it again; null when it is so already. */
export async function setAttachmentDeleted(
  tx: Db,
  id: AttachmentId,
  at: Date | null,
): Promise<Attachment | null> {
  const [row] = await tx
    .update(attachments)
    .set({ deleted_at: at })
    .where(and(eq(attachments.id, id), at ? isLive : isNotNull(attachments.deleted_at)))
    .returning()
  return row ? Attachment.parse(row) : null
}

/** Counts the attachments of a card on the card; nobody changed the card by it. */
export async function countAttachments(tx: Db, taskId: TaskId): Promise<Task> {
  const attachment_count = await tx.$count(attachments, and(eq(attachments.task_id, taskId), isLive))
  const [row] = await tx.update(tasks).set({ attachment_count }).where(eq(tasks.id, taskId)).returning()
  return Task.parse(row)
}

/** Until the end of the transaction nobody else keeps or removes the file with these bytes. */
export async function holdBytes(tx: Db, sha256: string): Promise<void> {
  await tx.execute(
    sql`select pg_advisory_xact_lock(hashtextextended('agent_rangers bytes ' || ${sha256}::text, 0))`,
  )
}

/** Whether an attachment has these bytes, one that was deleted or lies in the trash too. */
export async function areBytesUsed(db: Db, sha256: string): Promise<boolean> {
  return (await db.$count(attachments, eq(attachments.sha256, sha256))) > 0
}

/** What was in attachments that went for good and in none that is still there, as far as the trail goes back. */
export async function listPurgedBytes(db: Db): Promise<string[]> {
  const { rows } = await db.execute(sql`
    select distinct l.changes -> 'before' ->> 'sha256' as sha256 from audit_logs l
    where l.entity_type = 'attachment' and l.action = 'purge'
      and not exists (select from attachments a where a.sha256 = l.changes -> 'before' ->> 'sha256')`)
  return rows.flatMap(({ sha256 }) => (typeof sha256 === 'string' ? [sha256] : []))
}

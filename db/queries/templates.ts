import { and, asc, eq, isNull, or, sql } from 'drizzle-orm'
import type { BoardId, TemplateId } from '#shared/ids.ts'
import { Template, type UpdateTemplate } from '#shared/template.ts'
import type { Db } from '../client.ts'
import { boards } from '../schema/boards.ts'
import { templates } from '../schema/plans.ts'

type NewTemplate = typeof templates.$inferInsert

/** By name. With a board those that serve it, without one all; those of trashed boards are left out. */
export async function listTemplates(db: Db, boardId: BoardId | null): Promise<Template[]> {
  const rows = await db
    .select({ template: templates })
    .from(templates)
    .leftJoin(boards, eq(boards.id, templates.board_id))
    .where(
      and(
        isNull(boards.deleted_at),
        boardId ? or(isNull(templates.board_id), eq(templates.board_id, boardId)) : undefined,
      ),
    )
    .orderBy(asc(sql`lower(${templates.name})`), asc(templates.id))
  return rows.map(({ template }) => present(template))
}

export async function findTemplate(db: Db, id: TemplateId): Promise<Template | null> {
  const [row] = await db.select().from(templates).where(eq(templates.id, id))
  return row ? present(row) : null
}

export async function insertTemplate(tx: Db, values: NewTemplate): Promise<Template> {
  const [row] = await tx.insert(templates).values(values).returning()
  return present(row)
}

export async function updateTemplate(
  tx: Db,
  id: TemplateId,
  values: Omit<UpdateTemplate, 'id'>,
): Promise<Template | null> {
  if (Object.values(values).every((value) => value === undefined)) return findTemplate(tx, id)
  const [row] = await tx.update(templates).set(values).where(eq(templates.id, id)).returning()
  return row ? present(row) : null
}

/** Whether it was there. */
export async function deleteTemplate(tx: Db, id: TemplateId): Promise<boolean> {
  const rows = await tx.delete(templates).where(eq(templates.id, id)).returning({ id: templates.id })
  return rows.length > 0
}

function present(row: typeof templates.$inferSelect | undefined): Template {
  return Template.parse({ ...row, is_built_in: false })
}

import { eq } from 'drizzle-orm'
import type { ExecutionId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { workspaces } from '../schema/executions.ts'

export type WorkspaceRow = typeof workspaces.$inferSelect

export async function findWorkspace(db: Db, executionId: ExecutionId): Promise<WorkspaceRow | null> {
  const [row] = await db.select().from(workspaces).where(eq(workspaces.execution_id, executionId))
  return row ?? null
}

export async function insertWorkspace(tx: Db, values: typeof workspaces.$inferInsert): Promise<WorkspaceRow> {
  const [row] = await tx.insert(workspaces).values(values).returning()
  if (!row) throw new Error('The new workspace was not returned')
  return row
}

export async function updateWorkspace(
  tx: Db,
  executionId: ExecutionId,
  values: Partial<typeof workspaces.$inferInsert>,
): Promise<void> {
  await tx.update(workspaces).set(values).where(eq(workspaces.execution_id, executionId))
}

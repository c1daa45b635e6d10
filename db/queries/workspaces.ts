import { and, desc, eq, max } from 'drizzle-orm'
import type { ExecutionId, ProjectId } from '#shared/ids.ts'
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

/** Commits of a project that agents have begun from, newest first, each once. */
export async function listBaseCommits(db: Db, projectId: ProjectId, most: number): Promise<string[]> {
  const rows = await db
    .select({ commit: workspaces.base_commit })
    .from(workspaces)
    .where(eq(workspaces.project_id, projectId))
    .groupBy(workspaces.base_commit)
    .orderBy(desc(max(workspaces.created_at)))
    .limit(most)
  return rows.map(({ commit }) => commit)
}

/** Folders of workspaces of a project that were not removed; some may be on other computers. */
export async function listWorkspacePaths(db: Db, projectId: ProjectId): Promise<string[]> {
  const rows = await db
    .select({ path: workspaces.path })
    .from(workspaces)
    .where(and(eq(workspaces.project_id, projectId), eq(workspaces.status, 'active')))
  return rows.map(({ path }) => path)
}

import { and, count, desc, eq, exists, gte, inArray, isNotNull, isNull, or } from 'drizzle-orm'
import type { ExecutionId, ProjectId } from '#shared/ids.ts'
import { RepositoryChange } from '#shared/repository-change.ts'
import type { Db } from '../client.ts'
import { repositoryChanges } from '../schema/agents.ts'
import { executions, workspaces } from '../schema/executions.ts'
import { activityLogs } from '../schema/ledger.ts'
import { storable } from '../storable.ts'

/** Newest first. */
export async function listRepositoryChanges(db: Db, executionId: ExecutionId): Promise<RepositoryChange[]> {
  const rows = await db
    .select()
    .from(repositoryChanges)
    .where(eq(repositoryChanges.execution_id, executionId))
    .orderBy(desc(repositoryChanges.created_at), desc(repositoryChanges.id))
  return rows.map((row) => RepositoryChange.parse(row))
}

export async function findRepositoryChange(db: Db, id: string): Promise<RepositoryChange | null> {
  const [row] = await db.select().from(repositoryChanges).where(eq(repositoryChanges.id, id))
  return row ? RepositoryChange.parse(row) : null
}

export async function insertRepositoryChanges(
  tx: Db,
  rows: (typeof repositoryChanges.$inferInsert)[],
): Promise<void> {
  if (rows.length > 0) await tx.insert(repositoryChanges).values(rows.map(storable))
}

export async function markUndone(tx: Db, id: string, at: Date): Promise<RepositoryChange | null> {
  const [row] = await tx
    .update(repositoryChanges)
    .set({ undone_at: at })
    .where(eq(repositoryChanges.id, id))
    .returning()
  return row ? RepositoryChange.parse(row) : null
}

/** What the app itself changes in a repository: its workspaces with their branches, and what it has merged, or taken back, since. */
export async function listOwnPlaces(
  db: Db,
  projectId: ProjectId,
  since: Date,
): Promise<{ paths: string[]; branches: string[] }> {
  const own = await db
    .select({ path: workspaces.path, branch: workspaces.branch })
    .from(workspaces)
    .where(eq(workspaces.project_id, projectId))
  const reverted = db
    .select({ id: activityLogs.task_execution_id })
    .from(activityLogs)
    .where(
      and(
        eq(activityLogs.task_execution_id, executions.id),
        eq(activityLogs.event_type, 'merge_reverted'),
        gte(activityLogs.created_at, since),
      ),
    )
  const merged = await db
    .select({ branch: workspaces.base_branch })
    .from(workspaces)
    .innerJoin(executions, eq(executions.id, workspaces.execution_id))
    .where(
      and(
        eq(workspaces.project_id, projectId),
        gte(executions.updated_at, since),
        or(eq(executions.resolution, 'merged'), exists(reverted)),
        isNotNull(workspaces.base_branch),
      ),
    )
  const branches = [...own, ...merged].flatMap(({ branch }) => (branch === null ? [] : [branch]))
  return { paths: own.map(({ path }) => path), branches }
}

/** Of these executions: those of this database, and whether a change that was found with it could still be undone. */
export async function listGuarded(
  db: Db,
  ids: readonly ExecutionId[],
): Promise<{ id: ExecutionId; isResolved: boolean; isOpen: boolean }[]> {
  if (ids.length === 0) return []
  const { id, resolution } = executions
  const rows = await db
    .select({ id, resolution, open: count(repositoryChanges.id) })
    .from(executions)
    .leftJoin(
      repositoryChanges,
      and(eq(repositoryChanges.execution_id, id), isNull(repositoryChanges.undone_at)),
    )
    .where(inArray(id, [...ids]))
    .groupBy(id, resolution)
  return rows.map((row) => ({ id: row.id, isResolved: row.resolution !== 'none', isOpen: row.open > 0 }))
}

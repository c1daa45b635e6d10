import { and, asc, desc, eq, isNull, ne, sql } from 'drizzle-orm'
import type { WorkflowId } from '#shared/ids.ts'
import { Workflow, WorkflowVersion } from '#shared/workflow.ts'
import type { Db } from '../client.ts'
import { findNamed, isSameName } from '../same-name.ts'
import { workflows, workflowVersions } from '../schema/workflows.ts'
import { storable } from '../storable.ts'

/** By name; archived ones last. */
export async function listWorkflows(db: Db): Promise<Workflow[]> {
  const rows = await db
    .select()
    .from(workflows)
    .orderBy(sql`${workflows.archived_at} is not null`, asc(sql`lower(${workflows.name})`), asc(workflows.id))
  return rows.map((row) => Workflow.parse(row))
}

export async function findWorkflow(db: Db, id: WorkflowId): Promise<Workflow | null> {
  const [row] = await db.select().from(workflows).where(eq(workflows.id, id))
  return row ? Workflow.parse(row) : null
}

/** From here to the end of the transaction nobody else gives a name to a workflow. */
export async function holdWorkflowNames(tx: Db): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtext('agent_rangers workflow names'))`)
}

/** The name of another one that is called so, whatever the case of its letters; archived ones do not keep their name. */
export async function findWorkflowName(
  db: Db,
  name: string,
  except: WorkflowId | null,
): Promise<string | null> {
  const rows = await db
    .select({ name: workflows.name, is_same: isSameName(workflows.name, name) })
    .from(workflows)
    .where(and(isNull(workflows.archived_at), except ? ne(workflows.id, except) : undefined))
  return findNamed(rows, name)?.name ?? null
}

export async function insertWorkflow(tx: Db, values: typeof workflows.$inferInsert): Promise<Workflow> {
  const [row] = await tx.insert(workflows).values(storable(values)).returning()
  return Workflow.parse(row)
}

/** With `version`, only while it is that one: the database decides a race. Null: not there, or another one by now. */
export async function updateWorkflow(
  tx: Db,
  id: WorkflowId,
  values: Partial<typeof workflows.$inferInsert>,
  version?: number,
): Promise<Workflow | null> {
  const [row] = await tx
    .update(workflows)
    .set(storable(values))
    .where(and(eq(workflows.id, id), version === undefined ? undefined : eq(workflows.version, version)))
    .returning()
  return row ? Workflow.parse(row) : null
}

export async function insertVersion(tx: Db, values: typeof workflowVersions.$inferInsert): Promise<void> {
  await tx.insert(workflowVersions).values(storable(values))
}

/** Newest first. */
export async function listVersions(db: Db, id: WorkflowId): Promise<WorkflowVersion[]> {
  const rows = await db
    .select()
    .from(workflowVersions)
    .where(eq(workflowVersions.workflow_id, id))
    .orderBy(desc(workflowVersions.version))
  return rows.map((row) => WorkflowVersion.parse(row))
}

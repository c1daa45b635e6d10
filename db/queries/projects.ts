import { asc, eq } from 'drizzle-orm'
import type { ProjectId } from '#shared/ids.ts'
import { Project, type UpdateProject } from '#shared/project.ts'
import type { Db } from '../client.ts'
import { projects } from '../schema/projects.ts'

/** All projects, by name. */
export async function listProjects(db: Db): Promise<Project[]> {
  return (await db.select().from(projects).orderBy(asc(projects.name), asc(projects.id))).map((row) =>
    Project.parse(row),
  )
}

export async function findProject(db: Db, id: ProjectId): Promise<Project | null> {
  const [row] = await db.select().from(projects).where(eq(projects.id, id))
  return row ? Project.parse(row) : null
}

export async function findProjectByPath(db: Db, path: string): Promise<Project | null> {
  const [row] = await db.select().from(projects).where(eq(projects.path, path))
  return row ? Project.parse(row) : null
}

/** Takes the project for this transaction: of several that open its folder at once, one makes the board. */
export async function lockProject(tx: Db, id: ProjectId): Promise<void> {
  await tx.select({ id: projects.id }).from(projects).where(eq(projects.id, id)).for('update')
}

/** The project of this path: the one that exists already (two callers may come at once), or a new one. */
export async function insertProject(
  db: Db,
  values: Omit<Project, 'created_at' | 'updated_at'>,
): Promise<Project> {
  const [row] = await db
    .insert(projects)
    .values(values)
    .onConflictDoNothing({ target: projects.path })
    .returning()
  return Project.parse(row ?? (await findProjectByPath(db, values.path)))
}

/** Null when there is no such project. Undefined values are left alone. */
export async function updateProject(
  db: Db,
  id: ProjectId,
  values: Omit<UpdateProject, 'id'> & { is_repository?: boolean | undefined },
): Promise<Project | null> {
  if (Object.values(values).every((value) => value === undefined)) return findProject(db, id)
  const [row] = await db.update(projects).set(values).where(eq(projects.id, id)).returning()
  return row ? Project.parse(row) : null
}

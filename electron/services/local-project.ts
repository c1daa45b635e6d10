import { stat } from 'node:fs/promises'
import * as queries from '#db/queries/projects.ts'
import { listBaseCommits } from '#db/queries/workspaces.ts'
import { InvalidInputError, NotFoundError, RefusedError } from '#shared/errors.ts'
import type { ProjectId } from '#shared/ids.ts'
import type { LocateProject, Project, ProjectPlace } from '#shared/project.ts'
import type { AppContext } from '../context.ts'
import { inspectFolder } from '../workspaces/inspect-folder.ts'
import { knownCommits } from '../workspaces/known-commits.ts'

type PlaceContext = Pick<AppContext, 'db' | 'places'>

/** So many commits are asked for to know a repository again; a clone may lack the newest ones. */
const MOST_COMMITS = 50

/** The project with the path that its folder has on this computer; whether it is there is not looked at. */
export async function findLocalProject(ctx: PlaceContext, id: ProjectId): Promise<Project | null> {
  const project = await queries.findProject(ctx.db, id)
  const place = project && (await ctx.places.find(id))
  return project && place ? { ...project, path: place } : project
}

/** Whether a project's folder is on this computer; never refused. */
export async function placeOfProject(
  ctx: PlaceContext,
  id: ProjectId,
  signal: AbortSignal,
): Promise<ProjectPlace> {
  const project = await findLocalProject(ctx, id)
  if (!project) throw new NotFoundError('Project', id)
  const path = project.path
  if (!(await isFolder(path))) {
    const message = `The folder of “${project.name}” is not on this computer: there is no ${path}. Choose where it is here.`
    return { state: 'elsewhere', path, message }
  }
  if (await isSame(ctx, project, path, signal)) return { state: 'here', path }
  const message =
    `${path} is on this computer, but it is not the repository of “${project.name}”: it has none of the commits that ` +
    'agents began from. Choose where that one is here, or pull in it first.'
  return { state: 'elsewhere', path, message }
}

/** Throws RefusedError PROJECT_ELSEWHERE, with what to do, when its folder is not on this computer. */
export async function requireHere(ctx: PlaceContext, project: Project, signal: AbortSignal): Promise<void> {
  const place = await placeOfProject(ctx, project.id, signal)
  if (place.state === 'elsewhere') throw new RefusedError('PROJECT_ELSEWHERE', place.message)
}

/**
 * As requireHere, before an execution goes on: in its workspace, where it has one on this computer, which is looked at no
 * further; a worktree is nothing without its repository.
 */
export async function requireReachable(
  ctx: PlaceContext,
  project: Project,
  workspacePath: string | null,
  signal: AbortSignal,
): Promise<void> {
  const places = [...(workspacePath ? [workspacePath] : []), ...(project.is_repository ? [project.path] : [])]
  const areThere = await Promise.all(places.map(isFolder))
  if (!workspacePath || areThere.includes(false)) await requireHere(ctx, project, signal)
}

/**
 * Keeps for this computer where a project's folder is. Throws InvalidInputError for what is no such folder:
 * NOT_A_REPOSITORY, OTHER_REPOSITORY, or as inspectFolder does.
 */
export async function locateProject(
  ctx: PlaceContext,
  { id, path }: LocateProject,
  signal: AbortSignal,
): Promise<ProjectPlace> {
  const project = await queries.findProject(ctx.db, id)
  if (!project) throw new NotFoundError('Project', id)
  const report = await inspectFolder(path, signal)
  if (project.is_repository && report.kind === 'plain_folder') {
    const sentence = `${report.path} is no git repository, but “${project.name}” is one. Choose a clone of it.`
    throw new InvalidInputError('NOT_A_REPOSITORY', sentence)
  }
  if (!(await isSame(ctx, project, report.path, signal))) {
    throw new InvalidInputError(
      'OTHER_REPOSITORY',
      `${report.path} has none of the commits that agents on “${project.name}” began from. Choose a clone of the ` +
        'same repository; where it is one, pull in it first.',
    )
  }
  await ctx.places.set(id, report.path)
  return { state: 'here', path: report.path }
}

/** What agents have never worked on, and what is no repository, is known by nothing: the person’s word counts. */
async function isSame(
  { db }: PlaceContext,
  project: Project,
  path: string,
  signal: AbortSignal,
): Promise<boolean> {
  if (!project.is_repository) return true
  const commits = await listBaseCommits(db, project.id, MOST_COMMITS)
  return commits.length === 0 || (await knownCommits(path, commits, signal)).size > 0
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false
}

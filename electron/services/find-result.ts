import { stat } from 'node:fs/promises'
import { dirname } from 'node:path'
import { findBoard } from '#db/queries/boards.ts'
import { type ExecutionRow, findExecution } from '#db/queries/executions.ts'
import { findWorkspace, type WorkspaceRow } from '#db/queries/workspaces.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { Project } from '#shared/project.ts'
import type { AppContext } from '../context.ts'
import type { DiffSource } from '../workspaces/diff.ts'
import { openKeptCopy } from '../workspaces/kept-copy.ts'
import { knownCommits } from '../workspaces/known-commits.ts'
import { keptBundle } from '../workspaces/remove-workspace.ts'
import { findLocalProject } from './local-project.ts'

/** What an execution has made so far, and where it lies. */
export interface Result {
  execution: ExecutionRow
  workspace: WorkspaceRow
  project: Project
  boardKey: string
  source: DiffSource
}

/** Throws NotFoundError, or RefusedError NO_WORKSPACE before the agents have got one. */
export async function findResult(ctx: Pick<AppContext, 'db' | 'places'>, id: ExecutionId): Promise<Result> {
  const execution = await findExecution(ctx.db, id)
  if (!execution) throw new NotFoundError('Execution', id)
  const [workspace, board] = await Promise.all([
    findWorkspace(ctx.db, id),
    findBoard(ctx.db, execution.board_id),
  ])
  if (!board) throw new NotFoundError('Board', execution.board_id)
  if (!workspace) {
    throw new RefusedError(
      'NO_WORKSPACE',
      'The agents have not begun to work on files, so there are no changes yet.',
    )
  }
  const project = workspace.project_id ? await findLocalProject(ctx, workspace.project_id) : null
  if (!project)
    throw new RefusedError('PROJECT_UNKNOWN', `The project of ${workspace.path} is not known any more.`)
  const source =
    workspace.status === 'active' && (await isFolder(workspace.path))
      ? { workspace: workspace.path }
      : { repo: project.path, head: execution.head_commit ?? workspace.base_commit }
  return { execution, workspace, project, boardKey: board.key, source }
}

/** As findResult; throws RefusedError WORK_ELSEWHERE too, when neither its files nor its commits are on this computer. */
export async function findReadable(
  ctx: Pick<AppContext, 'db' | 'places'>,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<Result> {
  const result = await findResult(ctx, id)
  const { source, workspace, project } = result
  if ('workspace' in source) return result
  const kept = await keptSource(result)
  if (kept) return { ...result, source: kept }
  const isThere = await isFolder(source.repo)
  if (isThere && (await knownCommits(source.repo, [source.head], signal)).has(source.head)) return result
  const place = isThere ? `${source.repo} does not have its commits` : `there is no folder ${source.repo}`
  const other = 'Look at it on the computer whose agents have made it'
  const next = project.is_repository
    ? `${other}, or push its branch “${workspace.branch}” there and fetch it here.`
    : `${other}.`
  throw new RefusedError('WORK_ELSEWHERE', `This result is not on this computer: ${place}. ${next}`)
}

/**
 * Where to read the result of a plain folder once the copy in which the agents worked is gone; null for any other result. Throws
 * RefusedError WORK_ELSEWHERE where what was kept of it is not on this computer.
 */
export async function keptSource({
  execution,
  project,
  workspace,
}: Result): Promise<{ repo: string; head: string } | null> {
  if (project.is_repository || workspace.status === 'active') return null
  const head = execution.head_commit ?? workspace.base_commit
  const repo = await openKeptCopy({ workspace: workspace.path, executionId: execution.id, head })
  if (repo) return { repo, head }
  const did = execution.resolution === 'merged' ? 'taken over into' : 'thrown away and never came into'
  throw new RefusedError(
    'WORK_ELSEWHERE',
    `${project.path} is no git repository, this result was ${did} it, and what was kept of the work is not in ` +
      `${dirname(keptBundle(dirname(workspace.path), execution.id))} on this computer. Look at it on the computer whose agents have made it.`,
  )
}

async function isFolder(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isDirectory() ?? false
}

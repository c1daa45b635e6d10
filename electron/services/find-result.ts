import { findBoard } from '#db/queries/boards.ts'
import { type ExecutionRow, findExecution } from '#db/queries/executions.ts'
import { findProject } from '#db/queries/projects.ts'
import { findWorkspace, type WorkspaceRow } from '#db/queries/workspaces.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { Project } from '#shared/project.ts'
import type { AppContext } from '../context.ts'
import type { DiffSource } from '../workspaces/diff.ts'

/** What an execution has made so far, and where it lies. */
export interface Result {
  execution: ExecutionRow
  workspace: WorkspaceRow
  project: Project
  boardKey: string
  source: DiffSource
}

/** Throws NotFoundError, or RefusedError NO_WORKSPACE before the agents have got one. */
export async function findResult(ctx: Pick<AppContext, 'db'>, id: ExecutionId): Promise<Result> {
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
  const project = workspace.project_id ? await findProject(ctx.db, workspace.project_id) : null
  if (!project)
    throw new RefusedError('PROJECT_UNKNOWN', `The project of ${workspace.path} is not known any more.`)
  const source =
    workspace.status === 'active'
      ? { workspace: workspace.path }
      : { repo: project.path, head: execution.head_commit ?? workspace.base_commit }
  return { execution, workspace, project, boardKey: board.key, source }
}

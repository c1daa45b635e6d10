import { lstat } from 'node:fs/promises'
import path from 'node:path'
import { findBoard } from '#db/queries/boards.ts'
import type { ExecutionRow } from '#db/queries/executions.ts'
import { findTask } from '#db/queries/tasks.ts'
import { findWorkspace, insertWorkspace, updateWorkspace, type WorkspaceRow } from '#db/queries/workspaces.ts'
import type { Board } from '#shared/board.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import { WorkspaceId } from '#shared/ids.ts'
import type { Project } from '#shared/project.ts'
import { requireWholeFolder } from '../services/half-merged.ts'
import { findLocalProject, requireReachable } from '../services/local-project.ts'
import { branchName } from '../workspaces/branch-name.ts'
import { createWorkspace, type Workspace } from '../workspaces/create-workspace.ts'
import { incompleteParts } from '../workspaces/incomplete-checkout.ts'
import { type EarlierWork, findEarlierWork } from './earlier-work.ts'
import { patiently } from './patiently.ts'
import { recordOwn } from './record-own.ts'
import type { OrchestratorContext, Run } from './run-context.ts'
import { Spending } from './spending.ts'
import { workToReview } from './work-to-review.ts'

/** The card, project and workspace of an execution; the workspace is made on the first call and found again later. */
export async function prepareRun(
  ctx: OrchestratorContext,
  row: ExecutionRow,
  signal: AbortSignal,
): Promise<Omit<Run, 'retries'>> {
  const [task, board] = await patiently(ctx, signal, () =>
    Promise.all([findTask(ctx.db, row.task_id), findBoard(ctx.db, row.board_id)]),
  )
  if (!task) throw new NotFoundError('Task', row.task_id)
  if (!board) throw new NotFoundError('Board', row.board_id)
  const project = await projectOf(ctx, board)
  const taskKey = `${board.key}-${task.number}`
  const stored = await findWorkspace(ctx.db, row.id)
  await requireReachable(ctx, project, stored?.path ?? null, signal)
  const { row: now, workspace } = stored
    ? await takeUp(ctx, row, stored, project, signal)
    : await make(ctx, row, project, branchName(taskKey, task.title), signal)
  const spending = new Spending()
  return { row: now, task, taskKey, project, settings: board.settings, workspace, spending }
}

async function projectOf(ctx: OrchestratorContext, board: Board): Promise<Project> {
  const project = board.project_id ? await findLocalProject(ctx, board.project_id) : null
  if (project) return project
  throw new RefusedError(
    'NO_PROJECT',
    'This board has no folder to work in. Open a folder, and put the card on its board.',
  )
}

interface Prepared {
  row: ExecutionRow
  workspace: Workspace
}

async function make(
  ctx: OrchestratorContext,
  row: ExecutionRow,
  project: Project,
  name: string,
  signal: AbortSignal,
): Promise<Prepared> {
  if (!project.is_repository) await requireWholeFolder(ctx, project.id, signal)
  const from = await workToReview(ctx, row, project, signal)
  const workspace = await createWorkspace({
    project,
    root: ctx.config.workspaceRoot,
    executionId: row.id,
    branch: branchOf(row, name),
    ...(from ? { from } : {}),
    signal,
  })
  await remember(ctx, row, project, workspace, from?.commit ?? workspace.baseCommit, signal)
  return { row, workspace }
}

async function takeUp(
  ctx: OrchestratorContext,
  row: ExecutionRow,
  stored: WorkspaceRow,
  project: Project,
  signal: AbortSignal,
): Promise<Prepared> {
  const earlier = await findEarlierWork(ctx.db, row, stored, project, signal)
  // Where it lies already: the setting may have changed since.
  const isThere = (await lstat(stored.path).catch(() => null)) !== null
  const workspace = await createWorkspace({
    project,
    root: isThere ? path.dirname(stored.path) : ctx.config.workspaceRoot,
    executionId: row.id,
    branch: stored.branch,
    earlier: { baseBranch: stored.base_branch, baseCommit: stored.base_commit, ...earlier },
    signal,
  })
  return { row: await findAgain(ctx, row, { stored, earlier, workspace }, signal), workspace }
}

interface Again {
  stored: WorkspaceRow
  earlier: EarlierWork
  workspace: Workspace
}

/** Where the work goes on: made anew on another computer, say, which may not have all of it. */
async function findAgain(
  ctx: OrchestratorContext,
  row: ExecutionRow,
  { stored, earlier, workspace }: Again,
  signal: AbortSignal,
): Promise<ExecutionRow> {
  const { path: folder, branch } = workspace
  const isElsewhere = stored.path !== folder || stored.branch !== branch
  if (isElsewhere || stored.status !== 'active')
    await updateWorkspace(ctx.db, row.id, { status: 'active', path: folder, branch })
  const isCut = row.head_commit !== null && row.head_commit !== earlier.recorded
  if (!isElsewhere && !isCut) return row
  const recorded = await recordOwn(ctx, row.id, { type: 'note' }, signal, async ({ set, log }) => {
    set({ branch, head_commit: earlier.recorded })
    log({ type: 'notice', level: 'info', text: `Goes on in ${folder}, on ${branch}.` })
    if (!isCut) return
    const text =
      `What the last step had left unfinished, ${row.head_commit?.slice(0, 10)}, is on another computer and is not part ` +
      'of the work here.'
    log({ type: 'notice', level: 'warn', text })
  })
  return recorded.row
}

/** Alternatives are told apart by their branches too. */
function branchOf({ alternative }: ExecutionRow, name: string): string {
  return alternative > 0 ? `${name}-${alternative}` : name
}

async function remember(
  ctx: OrchestratorContext,
  row: ExecutionRow,
  project: Project,
  workspace: Workspace,
  head: string,
  signal: AbortSignal,
): Promise<void> {
  const { branch, baseBranch, baseCommit } = workspace
  await insertWorkspace(ctx.db, {
    id: WorkspaceId.parse(ctx.newId()),
    execution_id: row.id,
    project_id: project.id,
    path: workspace.path,
    branch,
    base_branch: baseBranch,
    base_commit: baseCommit,
  })
  const lacks = project.is_repository ? await incompleteParts(workspace.path, signal) : []
  await recordOwn(ctx, row.id, { type: 'note' }, signal, async ({ set, log }) => {
    set({ branch, base_branch: baseBranch, base_commit: baseCommit, head_commit: head })
    log({
      type: 'notice',
      level: 'info',
      text: `Working on ${branch}, from ${baseBranch ?? baseCommit.slice(0, 10)}.`,
    })
    if (workspace.uncommittedFiles > 0) {
      const text = `${workspace.uncommittedFiles} uncommitted files of your checkout are not part of this work.`
      log({ type: 'notice', level: 'warn', text })
    }
    for (const text of lacks) log({ type: 'notice', level: 'warn', text })
  })
}

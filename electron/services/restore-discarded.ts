import { stat } from 'node:fs/promises'
import { type ExecutionRow, findExecution, presentExecution } from '#db/queries/executions.ts'
import { findTask, setCurrentExecution } from '#db/queries/tasks.ts'
import { updateWorkspace } from '#db/queries/workspaces.ts'
import { RefusedError } from '#shared/errors.ts'
import { type ExecutionSummary, isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { decide } from '../orchestrator/decide.ts'
import { moveCard } from '../orchestrator/move-card.ts'
import { loadState, record } from '../orchestrator/record.ts'
import type { Recording } from '../orchestrator/recording.ts'
import { gitLine } from '../platform/git.ts'
import { resolveCommit } from '../platform/git-repository.ts'
import { createWorkspace } from '../workspaces/create-workspace.ts'
import { findAside, putBack } from '../workspaces/set-aside.ts'
import { findResult, type Result } from './find-result.ts'
import { inResultQueue } from './result-queue.ts'
import type { ResultContext } from './results.ts'

type RestoreContext = ResultContext & Pick<AppContext, 'config'>

/**
 * Takes the discarding of a result back: its work is on its branch and in a workspace again, and the card waits with it as its
 * end says, unless other work stands for the card. Refused where what was kept is not to be had (KEPT_WORK_GONE,
 * PROJECT_MISSING).
 */
export function restoreDiscarded(
  ctx: RestoreContext,
  id: ExecutionId,
  signal: AbortSignal,
): Promise<ExecutionSummary> {
  return inResultQueue(id, async () => {
    const result = await findResult(ctx, id)
    decide((await loadState(ctx.db, id)).state, { type: 'restore' })
    // Who discarded it from another computer has left the workspace of this one alone.
    const made = 'workspace' in result.source ? null : await makeAgain(ctx, result, signal)
    const { row } = await record(ctx, id, { type: 'restore' }, async (recording) => {
      if (made) {
        const { head, path, branch, left } = made
        recording.set({ head_commit: head, branch })
        await updateWorkspace(recording.work.tx, id, { status: 'active', path, branch, kept_ref: null })
        if (left) recording.log({ type: 'notice', level: 'warn', text: leftAside(left) })
      }
      if (await standsForCard(recording)) await moveCard(recording)
    })
    return presentExecution(row)
  })
}

async function makeAgain(ctx: RestoreContext, result: Result, signal: AbortSignal) {
  const { base_branch: baseBranch, base_commit: baseCommit, branch } = result.workspace
  const aside = await findAside(result.workspace.path)
  const head = await keptHead(result, aside, signal)
  const workspace = await createWorkspace({
    project: result.project,
    root: ctx.config.workspaceRoot,
    executionId: result.execution.id,
    branch,
    earlier: { baseBranch, baseCommit, finished: head, head },
    signal: new AbortController().signal, // half a workspace would be one that nobody knows
  })
  const isBack = aside === null || (await putBack(aside, workspace.path))
  return { head, path: workspace.path, branch: workspace.branch, left: isBack ? null : aside }
}

function leftAside(folder: string): string {
  return `The work is back as it was last committed. Its files as they were when it was discarded are in ${folder}.`
}

/** The last commit of the work; where there was more than that in the workspace, the one that holds it too. */
async function keptHead(
  { execution, project, workspace }: Result,
  aside: string | null,
  signal: AbortSignal,
): Promise<string> {
  const { path, name, is_repository } = project
  if (!is_repository) {
    throw new RefusedError(
      'KEPT_WORK_GONE',
      `“${name}” is no git repository, so discarded work has no branch to come back to. Look at its changes on the card.`,
    )
  }
  if (!(await stat(path).catch(() => null))?.isDirectory()) {
    throw new RefusedError(
      'PROJECT_MISSING',
      `The folder ${path} is not there, so this work cannot be brought back. Put it back and try again.`,
    )
  }
  const ref = workspace.kept_ref ?? `refs/rangers/discarded/${execution.id}`
  // The repository was away: nothing could be written there, and its branch is as it was.
  const kept =
    (await resolveCommit(path, ref, signal)) ??
    (aside && (await resolveCommit(path, `refs/heads/${workspace.branch}`, signal)))
  if (!kept) {
    const where = aside ? `Its files are in ${aside}.` : 'Bring it back on the computer that discarded it.'
    throw new RefusedError(
      'KEPT_WORK_GONE',
      `${path} does not have ${ref}, under which this work was kept. ${where}`,
    )
  }
  const { head_commit: head } = execution
  if (!head || !(await resolveCommit(path, head, signal))) return kept
  const [tree, before] = await Promise.all(
    [kept, head].map((commit) => gitLine(['rev-parse', `${commit}^{tree}`], { cwd: path, signal })),
  )
  return tree === before ? head : kept
}

/** Makes it the one that its card shows. What agents do now, what waits in review and what is merged go before. */
async function standsForCard({ work, row }: Recording): Promise<boolean> {
  const task = await findTask(work.tx, row.task_id)
  if (!task) return false
  const { current_execution_id: shown } = task
  if (shown === row.id) return true
  const other = shown && (await findExecution(work.tx, shown))
  if (other && (isActive(other.status) || other.resolution === 'merged' || isToReview(other))) return false
  const changed = await setCurrentExecution(work.tx, task.id, row.id)
  if (changed) work.tell({ type: 'task_updated', data: changed })
  return true
}

function isToReview({ status, resolution }: ExecutionRow): boolean {
  return status === 'completed' && resolution === 'none'
}

import { presentExecution } from '#db/queries/executions.ts'
import { updateWorkspace } from '#db/queries/workspaces.ts'
import type { ChooseBase } from '#shared/diff.ts'
import { InvalidInputError } from '#shared/errors.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import { decide } from '../orchestrator/decide.ts'
import { loadState, record } from '../orchestrator/record.ts'
import { findBaseBranch } from '../workspaces/base-branch.ts'
import { markBaseBranch } from '../workspaces/base-choices.ts'
import { findResult } from './find-result.ts'
import { inResultQueue } from './result-queue.ts'
import type { ResultContext } from './results.ts'

/**
 * Has a result go into another branch than the one it began from, which was renamed or removed, or into any where it began
 * from none. What it is compared with stays the commit it began from. Throws InvalidInputError NO_SUCH_BRANCH.
 */
export function chooseBase(
  ctx: ResultContext,
  { id, base_branch }: ChooseBase,
  signal: AbortSignal,
): Promise<ExecutionSummary> {
  return inResultQueue(id, async () => {
    decide((await loadState(ctx.db, id)).state, { type: 'merge' })
    const { project, workspace } = await findResult(ctx, id)
    const isOwn = base_branch === workspace.branch
    if (!project.is_repository || isOwn || !(await findBaseBranch(project.path, base_branch, signal))) {
      throw new InvalidInputError(
        'NO_SUCH_BRANCH',
        `There is no branch “${base_branch}” in ${project.path} to merge into. Check again and choose another.`,
      )
    }
    await markBaseBranch(workspace.path, base_branch)
    const { row } = await record(ctx, id, { type: 'note' }, async ({ set, log, work }) => {
      set({ base_branch })
      await updateWorkspace(work.tx, id, { base_branch })
      log({
        type: 'notice',
        level: 'info',
        text: `The work is to be merged into ${base_branch} from now on.`,
      })
    })
    return presentExecution(row)
  })
}

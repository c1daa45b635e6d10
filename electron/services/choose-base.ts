import { presentExecution } from '#db/queries/executions.ts'
import { updateWorkspace } from '#db/queries/workspaces.ts'
import type { ChooseBase } from '#shared/diff.ts'
import { InvalidInputError } from '#shared/errors.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import { decide } from '../orchestrator/decide.ts'
import { loadState, record } from '../orchestrator/record.ts'
import { findBaseBranch } from '../workspaces/base-branch.ts'
import { markBaseBranch } from '../workspaces/base-choices.ts'
import { branchesWithMerge } from '../workspaces/revert-merge.ts'
import { findResult } from './find-result.ts'
import { inResultQueue } from './result-queue.ts'
import type { ResultContext } from './results.ts'
import { repositoryRevert } from './reverted-work.ts'

/**
 * Has a result go into another branch than the one it began from, which was renamed or removed, or into any where it began
 * from none. What it is compared with stays the commit it began from. One that is merged is reverted on that branch, which has
 * to have the merge. Throws InvalidInputError NO_SUCH_BRANCH.
 */
export function chooseBase(
  ctx: ResultContext,
  { id, base_branch }: ChooseBase,
  signal: AbortSignal,
): Promise<ExecutionSummary> {
  return inResultQueue(id, async () => {
    const { state } = await loadState(ctx.db, id)
    const isMerged = state.resolution === 'merged'
    decide(state, { type: isMerged ? 'revert_merge' : 'merge' })
    const result = await findResult(ctx, id)
    const { project, workspace } = result
    const isOwn = base_branch === workspace.branch
    const isThere =
      project.is_repository && !isOwn && (await findBaseBranch(project.path, base_branch, signal)) !== null
    const isFit =
      isThere &&
      (!isMerged || (await branchesWithMerge(repositoryRevert(result, signal))).includes(base_branch))
    if (!isFit) {
      throw new InvalidInputError(
        'NO_SUCH_BRANCH',
        `There is no branch “${base_branch}” in ${project.path} ${isMerged ? 'that has the merge' : 'to merge into'}. Check again and choose another.`,
      )
    }
    await markBaseBranch(workspace.path, base_branch)
    const { row } = await record(ctx, id, { type: 'note' }, async ({ set, log, work }) => {
      set({ base_branch })
      await updateWorkspace(work.tx, id, { base_branch })
      log({
        type: 'notice',
        level: 'info',
        text: isMerged
          ? `The merge is to be taken out of ${base_branch}, which has it now.`
          : `The work is to be merged into ${base_branch} from now on.`,
      })
    })
    return presentExecution(row)
  })
}

import { lstat } from 'node:fs/promises'
import type { Db } from '#db/client.ts'
import type { ExecutionRow } from '#db/queries/executions.ts'
import { listStepCommits } from '#db/queries/step-commits.ts'
import type { WorkspaceRow } from '#db/queries/workspaces.ts'
import { RefusedError } from '#shared/errors.ts'
import type { Project } from '#shared/project.ts'
import { isAncestor } from '../platform/git-repository.ts'
import { knownCommits } from '../workspaces/known-commits.ts'

/** How far the work of an execution is to be had from this computer's repository. */
export interface EarlierWork {
  /** After the last finished step; where its branch began, when none is. */
  finished: string
  /** The newest that is here: `finished`, or what a step that was not finished has left. */
  head: string
  /** What the execution's row says is its last commit; `finished`, where that is not here. */
  recorded: string
}

/**
 * Looks in the project's repository for the commits of an execution that has worked already. What an unfinished step left
 * may be missing; throws RefusedError WORK_ELSEWHERE when what finished steps made is, for it would be paid for twice.
 */
export async function findEarlierWork(
  db: Db,
  row: ExecutionRow,
  stored: WorkspaceRow,
  project: Project,
  signal: AbortSignal,
): Promise<EarlierWork> {
  if (!project.is_repository) {
    const { base_commit: base } = stored
    if (await isThere(stored.path)) return { finished: base, head: base, recorded: row.head_commit ?? base }
    throw new RefusedError(
      'WORK_ELSEWHERE',
      `The files of this work are in ${stored.path}, which is not on this computer, and “${project.name}” is no git ` +
        'repository that could bring them here. Resume on the computer that began it, or start over here.',
    )
  }
  const steps = await listStepCommits(db, row.id)
  const done = steps.filter(({ status }) => status === 'completed')
  const finished = done.at(-1)?.head_commit ?? stored.base_commit
  const last = steps.at(-1)?.head_commit
  const wanted = [last, row.head_commit, finished].filter((commit) => commit != null)
  const here = await knownCommits(project.path, wanted, signal)
  const known = wanted.find((commit) => here.has(commit))
  const head = known && (await newerOf(project.path, known, row.head_commit, here, signal))
  if (head && here.has(finished)) {
    const recorded = row.head_commit && here.has(row.head_commit) ? row.head_commit : finished
    return { finished, head, recorded }
  }
  throw new RefusedError('WORK_ELSEWHERE', missing(stored, project, finished, done.length))
}

/** What a step has left may be newer than what the row says, or older: after a revert the work was made anew. */
async function newerOf(
  repo: string,
  ofStep: string,
  ofRow: string | null,
  here: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<string> {
  if (!ofRow || ofRow === ofStep || !here.has(ofRow)) return ofStep
  return (await isAncestor(repo, ofStep, ofRow, signal)) ? ofRow : ofStep
}

function missing(stored: WorkspaceRow, { path }: Project, finished: string, steps: number): string {
  const commit = finished.slice(0, 10)
  if (finished === stored.base_commit) {
    return (
      `This work began from the commit ${commit}, which ${path} does not have. Fetch it there (“git fetch”) and resume, ` +
      'or start over here from what there is.'
    )
  }
  const done = steps === 1 ? 'What the finished step made is' : `What the ${steps} finished steps made is`
  return (
    `${done} not on this computer: ${path} does not have the commit ${commit}. Push the branch “${stored.branch}” from ` +
    'the computer that has it and fetch it here, then resume; or start over here from what there is.'
  )
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => null)) !== null
}

import type { GitOptions } from '#electron/platform/git.ts'
import { resolveCommit } from '#electron/platform/git-repository.ts'
import { RefusedError } from '#shared/errors.ts'

/**
 * Git keeps branches as files keep folders: beside a branch `rangers` there can be no `rangers/RNG-1`. Throws RefusedError
 * BRANCH_NAME_TAKEN, with what to do, where such a one is in the way of a branch that is to be made.
 */
export async function requireRoomForBranch(
  { cwd, signal }: Pick<GitOptions, 'cwd' | 'signal'>,
  branch: string,
): Promise<void> {
  const [folder = ''] = branch.split('/')
  if (folder === branch || !(await resolveCommit(cwd, `refs/heads/${folder}`, signal))) return
  throw new RefusedError(
    'BRANCH_NAME_TAKEN',
    `This repository has a branch called “${folder}”, so no branch “${branch}” can be made. ` +
      `Rename that branch (“git branch -m ${folder} <name>”) and try again.`,
  )
}

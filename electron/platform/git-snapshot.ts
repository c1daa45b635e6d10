import { copyFile, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type GitOptions, git, gitLine } from './git.ts'
import { GitError } from './git-error.ts'

/**
 * The tree of everything in a checkout as it is now, untracked files included and ignored ones not.
 * A copy of the index is used: the real one stays as it was. `ceiling` as for git().
 */
export async function snapshotTree(path: string, ceiling: string, signal: AbortSignal): Promise<string> {
  const where = { cwd: path, ceiling, signal }
  const index = await gitLine(['rev-parse', '--path-format=absolute', '--git-path', 'index'], where)
  const folder = await mkdtemp(join(tmpdir(), 'rangers-index-'))
  try {
    const copy = join(folder, 'index')
    await copyFile(index, copy).catch(() => undefined) // an empty repository has no index yet
    const env = { GIT_INDEX_FILE: copy }
    await addEverything({ ...where, env })
    return await gitLine(['write-tree'], { ...where, env })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * Stages all that differs below `cwd`. A repository without a commit that lies within (a test may have made it)
 * cannot be staged and is passed over, where git alone would give up on everything. So would it on a new file outside of
 * a sparse checkout; what such a checkout leaves out is no deletion.
 */
export async function addEverything(options: GitOptions): Promise<void> {
  const passedOver: string[] = []
  for (;;) {
    try {
      await git(
        ['add', '--all', '--sparse', '--', '.', ...passedOver.map((path) => `:(top,exclude,literal)${path}`)],
        options,
      )
      return
    } catch (error) {
      const stderr = error instanceof GitError ? error.stderr : ''
      const path = /'(.+?)\/?' does not have a commit checked out/.exec(stderr)?.[1]
      if (!path || passedOver.includes(path)) throw error
      passedOver.push(path)
    }
  }
}

import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { git, gitLine } from '#electron/platform/git.ts'
import { workspaceOptions } from './workspace-git.ts'

/** Files as a commit has them, in a folder of their own that goes when it is let go. */
export type CheckedOut = { path: string } & AsyncDisposable

export interface Kept {
  /** A repository or a bundle. */
  from: string
  /** What is fetched of it. */
  what: string
  /** Within that: what is checked out. */
  commit: string
  /** Has to be there too. */
  needs: string
  signal: AbortSignal
}

/** Checks out a commit of what was kept; null where that does not have all that is needed. */
export async function checkOutApart({ from, what, commit, needs, signal }: Kept): Promise<CheckedOut | null> {
  const path = await mkdtemp(join(tmpdir(), 'rangers-kept-'))
  const remove = () => rm(path, { recursive: true, force: true })
  const where = workspaceOptions(path, signal)
  try {
    await git(['init', '--quiet'], where)
    await git(['fetch', '--quiet', '--no-tags', from, what], where)
    const known = await gitLine(['cat-file', '-t', needs], { ...where, okCodes: [128] })
    if (known !== 'commit') return await remove().then(() => null)
    await checkOut(path, commit, signal)
  } catch (error) {
    await remove()
    throw error
  }
  return { path, [Symbol.asyncDispose]: remove }
}

export async function checkOut(path: string, commit: string, signal: AbortSignal): Promise<void> {
  await git(['checkout', '--quiet', '--force', '--detach', commit], workspaceOptions(path, signal))
}

import { git } from '#electron/platform/git.ts'
import { ensureLinked, workspaceOptions } from './workspace-git.ts'

/** Whether a workspace is just as its branch was at a commit: nothing new in it, and still on that branch. One look by git. */
export async function isUntouched(
  path: string,
  at: { branch: string; commit: string },
  signal: AbortSignal,
): Promise<boolean> {
  await ensureLinked(path, signal)
  const args = ['status', '--porcelain=v2', '--branch', '--untracked-files=all', '-z']
  const { stdout } = await git(args, workspaceOptions(path, signal))
  const lines = stdout.split('\0').filter(Boolean)
  const isClean = lines.every((line) => line.startsWith('# '))
  return (
    isClean && lines.includes(`# branch.oid ${at.commit}`) && lines.includes(`# branch.head ${at.branch}`)
  )
}

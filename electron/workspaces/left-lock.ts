import { realpath, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { GitError } from '#electron/platform/git-error.ts'
import { commonDirectory } from '#electron/platform/git-repository.ts'
import { readMarker } from './marker.ts'

/** Git itself holds a lock for less; one that is older was left by a git that was killed. Milliseconds. */
const LEFT_AFTER_MS = 3000
const LOOK_AGAIN_MS = 100

/**
 * Runs git in a workspace in which no agent is at work any more. An agent's own git that was killed in the middle leaves its
 * lock, which would have git refuse everything there for ever: such a lock is taken away. One that is young is waited for.
 * Only locks of the workspace itself and of its branch are; `work` may be run again.
 */
export async function despiteLeftLocks<T>(
  workspace: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const lock = await ownLock(workspace, error, signal)
      if (lock === null) throw error
      await outOfTheWay(lock, signal)
    }
  }
}

async function outOfTheWay(lock: string, signal: AbortSignal): Promise<void> {
  const made = await stat(lock).catch(() => null)
  if (!made) return
  if (Date.now() - made.mtimeMs < LEFT_AFTER_MS) await wait(LOOK_AGAIN_MS, undefined, { signal })
  else await rm(lock, { force: true })
}

/** The lock that git has found in its way; null when that was not the reason, or when it is not ours to take away. */
async function ownLock(workspace: string, error: unknown, signal: AbortSignal): Promise<string | null> {
  if (!(error instanceof GitError)) return null
  const named = /Unable to create '(.+\.lock)': File exists/.exec(error.stderr)?.[1]
  const marker = named ? await readMarker(workspace) : null
  if (!named || !marker?.git_directory) return null
  const common = await commonDirectory(workspace, signal)
  const ours = [
    join(marker.git_directory, 'index.lock'),
    join(marker.git_directory, 'HEAD.lock'),
    `${join(common, 'refs', 'heads', ...marker.branch.split('/'))}.lock`,
  ]
  const [lock, ...known] = await Promise.all([named, ...ours].map(inRealFolder))
  return lock && known.includes(lock) ? lock : null
}

/** As git and we may name a folder in different ways, through a link above it. */
async function inRealFolder(file: string): Promise<string> {
  const folder = dirname(file)
  const real = await realpath(folder).catch(() => folder)
  return join(real, file.slice(folder.length))
}

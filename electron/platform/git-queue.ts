import { setTimeout as wait } from 'node:timers/promises'
import { GitError } from './git-error.ts'
import { commonDirectory } from './git-repository.ts'

/** The tail of each repository's queue; an entry leaves when nothing waits behind it. */
const tails = new Map<string, Promise<unknown>>()

/** What git says when another process adds or removes a worktree of the same repository at that moment. */
const PASSING =
  /failed to read .*commondir|'?\.git\/worktrees\/.*for writing|index\.lock|cannot lock ref|could not lock/

const ATTEMPTS = 5

/**
 * Runs `work` when no other queued work is under way in the same repository. Git's worktree commands damage each
 * other when they run at once; another app may still interfere, so what fails in passing is repeated.
 */
export async function inGitQueue<T>(
  repoPath: string,
  signal: AbortSignal,
  work: () => Promise<T>,
): Promise<T> {
  const key = await commonDirectory(repoPath, signal)
  const turn = (tails.get(key) ?? Promise.resolve()).then(() => retrying(work, signal))
  const tail = turn.catch(() => undefined)
  tails.set(key, tail)
  try {
    return await turn
  } finally {
    if (tails.get(key) === tail) tails.delete(key)
  }
}

async function retrying<T>(work: () => Promise<T>, signal: AbortSignal): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    signal.throwIfAborted()
    try {
      return await work()
    } catch (error) {
      const isPassing = error instanceof GitError && PASSING.test(error.stderr)
      if (!isPassing || attempt === ATTEMPTS) throw error
      await wait(50 * 2 ** attempt, undefined, { signal })
    }
  }
}

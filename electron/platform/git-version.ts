import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { gitEnvironment } from './environment.ts'

const run = promisify(execFile)

/** The first with `git merge-tree --write-tree`, by which merges are tried without touching a file. */
const OLDEST_GIT = [2, 38] as const

/** What to do where git is missing, or older than that. */
export const GIT_STEP = `Install git ${OLDEST_GIT.join('.')} or newer from https://git-scm.com and ${
  process.platform === 'win32' ? 'start Agent Rangers again' : 'try again' // Windows gives a running program its old PATH
}.`

/** "2.39.5"; throws when git is not installed. */
export async function gitVersion(signal: AbortSignal): Promise<string> {
  const { stdout } = await run('git', ['--version'], { signal, env: gitEnvironment({}) })
  return stdout.replace('git version', '').trim()
}

/** Whether what `gitVersion` gives is too old for us; a version that tells no numbers is not. */
export function isOldGit(version: string): boolean {
  const [, major, minor] = /^(\d+)\.(\d+)/.exec(version) ?? []
  if (major === undefined || minor === undefined) return false
  const [oldestMajor, oldestMinor] = OLDEST_GIT
  return Number(major) < oldestMajor || (Number(major) === oldestMajor && Number(minor) < oldestMinor)
}

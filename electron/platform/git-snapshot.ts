import { copyFile, mkdtemp, rm, stat, utimes } from 'node:fs/promises'
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
    await copyIndex(index, copy)
    const env = { GIT_INDEX_FILE: copy }
    await addEverything({ ...where, env })
    return await gitLine(['write-tree'], { ...where, env })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * With the time of the real one: git looks into files that are not older than the index, since they may have changed without
 * a sign of it. Nothing where there is none: an empty repository has no index yet.
 */
async function copyIndex(index: string, copy: string): Promise<void> {
  const written = await stat(index).catch(() => null)
  if (!written) return
  await copyFile(index, copy)
  const time = Math.floor(written.mtimeMs) / 1000 // never later: a Date of it may be
  await utimes(copy, time, time)
}

/**
 * Stages all that differs below `cwd`, the files of repositories that lie within as well: git alone would give up on one
 * without a commit, and of others keep the name of their commit and none of their files. Submodules stay what they are. So
 * does what a sparse checkout leaves out: it is no deletion, and a new file outside of it is a file. `onWithin` hears of the
 * repositories that git has not known before their files are staged; afterwards git knows them.
 */
export async function addEverything(
  options: GitOptions,
  onWithin?: (paths: readonly string[]) => Promise<void>,
): Promise<void> {
  const opened = new Set<string>()
  for (;;) {
    const { within, failure } = await addOnce(options)
    if (within.length === 0) return
    const submodules = await submodulePaths(options)
    const next = within.filter((path) => !opened.has(path) && !submodules.has(path))
    if (next.length === 0 && failure) throw failure
    if (next.length === 0) return
    await onWithin?.(next)
    for (const path of next) opened.add(path)
    // All of them: of one that holds nothing, git has forgotten the file that is not there.
    for (const path of opened) await openWithin(path, options)
  }
}

/** Gives the repositories within that git has met; with one on which it has given up, and staged nothing, why. */
async function addOnce(options: GitOptions): Promise<{ within: string[]; failure: unknown }> {
  try {
    const { stderr } = await git(['add', '--all', '--sparse', '--', '.'], options)
    const warnings = stderr.matchAll(/^warning: adding embedded git repository: (.+)$/gm)
    return { within: [...warnings].map(([, path = '']) => path), failure: null }
  } catch (failure) {
    const stderr = failure instanceof GitError ? failure.stderr : ''
    const path = /'(.+?)\/?' does not have a commit checked out/.exec(stderr)?.[1]
    if (!path) throw failure
    return { within: [path], failure }
  }
}

/** Git looks into a repository within as into any folder once it knows of a file in it: of one that is not there. */
async function openWithin(path: string, options: GitOptions): Promise<void> {
  const nothing = await gitLine(['hash-object', '--stdin'], options)
  const entry = `100644,${nothing},${path}/.rangers-${nothing.slice(0, 8)}`
  await git(['update-index', '--add', '--replace', '--cacheinfo', entry], options)
}

async function submodulePaths(options: GitOptions): Promise<Set<string>> {
  const args = ['config', '--file', '.gitmodules', '-z', '--get-regexp', '^submodule[.].*[.]path$']
  const { stdout } = await git(args, { ...options, okCodes: [1, 128] })
  return new Set(stdout.split('\0').map((entry) => entry.slice(entry.indexOf('\n') + 1)))
}

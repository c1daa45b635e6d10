import { appendFile, lstat, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { z } from 'zod'
import { git } from '#electron/platform/git.ts'
import { commitTree, commonDirectory } from '#electron/platform/git-repository.ts'
import { snapshotTree } from '#electron/platform/git-snapshot.ts'
import { LeftFile } from '#shared/left-file.ts'
import { resolveEntryInside } from './confine.ts'
import { despiteLeftLocks } from './left-lock.ts'
import { headCommit, keepRef, workspaceOptions } from './workspace-git.ts'

/** More are not written down one by one. */
const MOST_FILES = 500

/** Writes down, beside the workspace, what commands or agents have left in it; a person decides what becomes of it. */
export async function noteLeftFiles(
  workspace: string,
  by: LeftFile['by'],
  paths: readonly string[],
): Promise<void> {
  const known = await read(workspace)
  const added = paths
    .filter((path) => known.every((file) => file.path !== path))
    .map((path) => ({ path, by }))
  if (added.length > 0) await write(workspace, [...known, ...added].slice(0, MOST_FILES))
}

/** What is written down and still there. */
export async function listLeftFiles(workspace: string): Promise<LeftFile[]> {
  const there = await Promise.all(
    (await read(workspace)).map(async (file) =>
      (await lstat(join(workspace, file.path)).catch(() => null)) ? [file] : [],
    ),
  )
  return there.flat()
}

/** They have been decided about. */
export async function forgetLeftFiles(workspace: string, paths: readonly string[]): Promise<void> {
  const known = await read(workspace)
  await write(
    workspace,
    known.filter(({ path }) => !paths.includes(path)),
  )
}

/** Beside the marker, which tells by its age when the workspace was made. */
const fileOf = (workspace: string) => `${workspace}.left.json`

async function read(workspace: string): Promise<LeftFile[]> {
  const text = await readFile(fileOf(workspace), 'utf8').catch(() => '[]')
  try {
    return z.array(LeftFile).parse(JSON.parse(text))
  } catch {
    return [] // cut off when the app was killed: they are in the result, as others are
  }
}

async function write(workspace: string, files: readonly LeftFile[]): Promise<void> {
  await writeFile(fileOf(workspace), JSON.stringify(files))
}

/** Has git ignore them in the whole repository, on this computer; they stay where they are, and leave the index. */
export async function ignoreFiles(
  workspace: string,
  paths: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  const file = join(await commonDirectory(workspace, signal), 'info', 'exclude')
  const before = await readFile(file, 'utf8').catch(() => '')
  const lines = before.split('\n')
  const added = paths.map(patternOf).filter((pattern) => !lines.includes(pattern))
  if (added.length > 0) {
    await mkdir(dirname(file), { recursive: true })
    await appendFile(file, `${before === '' || before.endsWith('\n') ? '' : '\n'}${added.join('\n')}\n`)
  }
  await unstage(workspace, paths, signal)
}

/** Removes them from the disk and the index; all that there was is kept under `ref` first. */
export async function removeFiles(
  workspace: string,
  paths: readonly string[],
  ref: string,
  signal: AbortSignal,
): Promise<void> {
  const where = workspaceOptions(workspace, signal)
  const [tree, head] = await Promise.all([
    snapshotTree(workspace, dirname(workspace), signal),
    headCommit(workspace, signal),
  ])
  const message = 'Before files were left out of the result'
  await keepRef(where, ref, await commitTree(workspace, { tree, parents: [head], message }, signal))
  await unstage(workspace, paths, signal)
  for (const path of paths) {
    const entry = await resolveEntryInside(workspace, path.replace(/\/$/, ''))
    await rm(entry, { recursive: true, force: true })
  }
}

async function unstage(workspace: string, paths: readonly string[], signal: AbortSignal): Promise<void> {
  const args = ['rm', '-r', '-f', '--cached', '--sparse', '--quiet', '--ignore-unmatch']
  const names = ['--pathspec-from-file=-', '--pathspec-file-nul']
  const input = paths.map((path) => path.replace(/\/$/, '')).join('\0')
  await despiteLeftLocks(workspace, signal, () =>
    git(['--literal-pathspecs', ...args, ...names], { ...workspaceOptions(workspace, signal), input }),
  )
}

/** A line of an ignore file for just this path. */
function patternOf(path: string): string {
  return `/${path.replace(/[\\*?[\]]/g, '\\$&').replace(/ +$/, (spaces) => '\\ '.repeat(spaces.length))}`
}

import { lstat, open } from 'node:fs/promises'
import { join } from 'node:path'
import { git } from '#electron/platform/git.ts'
import { workspaceOptions } from './workspace-git.ts'

const POINTER = 'version https://git-lfs.github.com/spec/'
/** So many files are looked at to know whether large files are here. */
const MOST_FILES = 20

/**
 * What a fresh worktree lacks though the repository has it, a sentence each, with what to do: submodules, which git leaves
 * empty; large files, of which there is only a pointer; folders that the person's sparse checkout leaves out.
 */
export async function incompleteParts(path: string, signal: AbortSignal): Promise<string[]> {
  const found = await Promise.all([
    emptySubmodules(path, signal),
    largeFiles(path, signal),
    sparseFolders(path, signal),
  ])
  return found.filter((sentence) => sentence !== null)
}

async function emptySubmodules(path: string, signal: AbortSignal): Promise<string | null> {
  if (!(await lstat(join(path, '.gitmodules')).catch(() => null))) return null
  const args = ['config', '--file', '.gitmodules', '-z', '--get-regexp', '^submodule[.].*[.]path$']
  const { stdout } = await git(args, { ...workspaceOptions(path, signal), okCodes: [1, 128] })
  const names = stdout.split('\0').flatMap((entry) => entry.split('\n')[1] ?? [])
  if (names.length === 0) return null
  return (
    `The submodules ${listed(names)} are empty in the workspace, as git leaves them. If the work needs them, make ` +
    '“git submodule update --init --recursive” part of the set-up command in the board’s settings.'
  )
}

async function largeFiles(path: string, signal: AbortSignal): Promise<string | null> {
  const args = ['ls-files', '-z', '--', ':(attr:filter=lfs)']
  const { stdout } = await git(args, { ...workspaceOptions(path, signal), okCodes: [128], limit: 64 * 1024 })
  const names = stdout.split('\0').filter(Boolean).slice(0, MOST_FILES)
  const pointers: string[] = []
  for (const name of names) if (await isPointer(join(path, name))) pointers.push(name)
  if (pointers.length === 0) return null
  return (
    `${listed(pointers)}: of these large files there are only pointers here, since Git LFS has not fetched them. If the work ` +
    'needs them, make “git lfs pull” part of the set-up command in the board’s settings.'
  )
}

async function isPointer(file: string): Promise<boolean> {
  if (!(await lstat(file).catch(() => null))?.isFile()) return false
  const handle = await open(file)
  try {
    const { buffer, bytesRead } = await handle.read({ buffer: Buffer.alloc(POINTER.length) })
    return buffer.toString('utf8', 0, bytesRead) === POINTER
  } finally {
    await handle.close()
  }
}

async function sparseFolders(path: string, signal: AbortSignal): Promise<string | null> {
  const args = ['config', '--type=bool', '--get', 'core.sparseCheckout']
  const { stdout } = await git(args, { ...workspaceOptions(path, signal), okCodes: [1] })
  if (stdout.trim() !== 'true') return null
  return (
    'Your checkout is sparse, so the workspace has the same part of the project only. What it leaves out stays in the result ' +
    'as it is; “git sparse-checkout add” in your checkout widens the next ones.'
  )
}

/** The first three names and how many more. */
function listed(names: readonly string[]): string {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
  return names.slice(0, 3).join(', ') + more
}

import { cp, lstat, mkdir, readdir, readlink, rm, writeFile } from 'node:fs/promises'
import { basename, isAbsolute, join, relative, resolve } from 'node:path'
import { git, gitLine } from '#electron/platform/git.ts'
import { identityConfig } from '#electron/platform/git-repository.ts'
import { addEverything } from '#electron/platform/git-snapshot.ts'
import { RefusedError } from '#shared/errors.ts'
import { type WorkspaceMarker, writeMarker } from './marker.ts'

/** Larger folders are not copied: it would take minutes and the disk. */
const MOST_BYTES = 2 * 1024 ** 3

/** Copied, since the checks need them, but not part of what an agent changes. */
const NOT_TRACKED = ['node_modules/', '.venv/', 'venv/', '__pycache__/', 'target/', '.DS_Store']

interface FolderCopy {
  project: { path: string }
  executionId: string
  branch: string
  signal: AbortSignal
}

interface CopiedWorkspace {
  path: string
  branch: string
  baseBranch: null
  baseCommit: string
  uncommittedFiles: number
}

/**
 * A copy of a folder that is no repository, with a private repository whose first commit is the folder as it was.
 * Links that lead out of the folder, sockets and devices are left out. Throws RefusedError FOLDER_TOO_LARGE.
 */
export async function copyFolder(path: string, request: FolderCopy): Promise<CopiedWorkspace> {
  const { signal, branch } = request
  const source = request.project.path
  await assertBounded(source, signal)
  const marker: WorkspaceMarker = {
    app: 'agent-rangers',
    execution_id: request.executionId,
    kind: 'copy',
    project_path: source,
    branch,
    base_branch: null,
    base_commit: '',
    git_directory: null,
  }
  await writeMarker(path, marker)
  try {
    await mkdir(path)
    await copyInto(source, path, signal)
    const baseCommit = await firstCommit(path, branch, signal)
    await writeMarker(path, { ...marker, base_commit: baseCommit, git_directory: join(path, '.git') })
    return { path, branch, baseBranch: null, baseCommit, uncommittedFiles: 0 }
  } catch (error) {
    await rm(path, { recursive: true, force: true })
    await rm(`${path}.json`, { force: true })
    throw error
  }
}

async function copyInto(source: string, target: string, signal: AbortSignal): Promise<void> {
  await cp(source, target, {
    recursive: true,
    verbatimSymlinks: true,
    preserveTimestamps: true,
    filter: async (from) => {
      signal.throwIfAborted()
      const entry = await lstat(from)
      if (entry.isSymbolicLink()) return staysInside(source, from, await readlink(from))
      // Also where it is a file: what it leads to is another repository, in which the copy must not work.
      return (entry.isFile() || entry.isDirectory()) && basename(from) !== '.git'
    },
  })
}

/** Only relative links: an absolute one into the folder would lead from the copy back to the original. */
function staysInside(source: string, link: string, target: string): boolean {
  if (isAbsolute(target)) return false
  return !relative(source, resolve(join(link, '..'), target)).startsWith('..')
}

async function firstCommit(path: string, branch: string, signal: AbortSignal): Promise<string> {
  const where = { cwd: path, ceiling: join(path, '..'), signal }
  await git(['init', '--quiet', `--initial-branch=${branch}`], where)
  await writeFile(join(path, '.git', 'info', 'exclude'), `${NOT_TRACKED.join('\n')}\n`)
  const config = await identityConfig(path, signal)
  await addEverything(where)
  await git(['commit', '--quiet', '--allow-empty', '-m', 'The folder as it was'], { ...where, config })
  return gitLine(['rev-parse', 'HEAD'], where)
}

async function assertBounded(source: string, signal: AbortSignal): Promise<void> {
  let bytes = 0
  const folders = [source]
  for (const folder of folders) {
    signal.throwIfAborted()
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      const path = join(folder, entry.name)
      if (entry.isDirectory()) folders.push(path)
      else if (entry.isFile()) bytes += (await lstat(path)).size
    }
    if (bytes <= MOST_BYTES) continue
    throw new RefusedError(
      'FOLDER_TOO_LARGE',
      'This folder is no git repository and holds more than 2 GB, too much to copy for each run. ' +
        'Run “git init” and make a first commit in it, then open it again.',
    )
  }
}

import { opendir, realpath, stat } from 'node:fs/promises'
import { resolve } from 'node:path'
import { git, gitLine } from '#electron/platform/git.ts'
import { GitError } from '#electron/platform/git-error.ts'
import { currentBranch, resolveCommit } from '#electron/platform/git-repository.ts'
import { gitStatus } from '#electron/platform/git-status.ts'
import { InvalidInputError } from '#shared/errors.ts'
import type { FolderReport } from '#shared/project.ts'
import { proposeCommands } from './project-commands.ts'

/**
 * What lies in a folder; nothing is written by looking. A folder within a repository that tracks files in it
 * stands for the whole repository. Throws InvalidInputError (PATH_NOT_FOUND, NOT_A_FOLDER, NOT_READABLE,
 * BARE_REPOSITORY, DUBIOUS_OWNERSHIP) with a sentence, UnavailableError when git is missing.
 */
export async function inspectFolder(path: string, signal: AbortSignal): Promise<FolderReport> {
  const folder = await readableFolder(path)
  const root = await repositoryRoot(folder, signal)
  if (root === null) {
    return {
      path: folder,
      kind: 'plain_folder',
      branch: null,
      uncommitted_files: 0,
      proposed: await proposeCommands(folder),
    }
  }
  const [head, branch, status, proposed] = await Promise.all([
    resolveCommit(root, 'HEAD', signal),
    currentBranch(root, signal),
    gitStatus(root, signal),
    proposeCommands(root),
  ])
  return {
    path: root,
    kind: head === null ? 'empty_repository' : 'repository',
    branch,
    uncommitted_files: status.length,
    proposed,
  }
}

async function readableFolder(path: string): Promise<string> {
  const wanted = resolve(path)
  try {
    const real = await realpath(wanted)
    if (!(await stat(real)).isDirectory()) {
      throw new InvalidInputError('NOT_A_FOLDER', `${wanted} is a file. Choose the folder it is in.`)
    }
    const directory = await opendir(real)
    await directory.close()
    return real
  } catch (cause) {
    const code = (cause as NodeJS.ErrnoException).code
    if (code === 'ENOENT' || code === 'ENOTDIR' || code === 'ELOOP' || code === 'ERR_INVALID_ARG_VALUE') {
      throw new InvalidInputError(
        'PATH_NOT_FOUND',
        `There is no folder ${wanted}. Check the path.`,
        {},
        { cause },
      )
    }
    if (code === 'EACCES' || code === 'EPERM') {
      const message = `You may not read ${wanted}. Change its permissions or choose another folder.`
      throw new InvalidInputError('NOT_READABLE', message, {}, { cause })
    }
    if (code === 'ENAMETOOLONG') {
      throw new InvalidInputError(
        'PATH_NOT_FOUND',
        'This path is longer than the system allows.',
        {},
        { cause },
      )
    }
    throw cause
  }
}

/** The top folder of the repository that the folder belongs to, or null. */
async function repositoryRoot(folder: string, signal: AbortSignal): Promise<string | null> {
  const where = { cwd: folder, signal }
  const inside = await gitLine(['rev-parse', '--is-inside-work-tree'], where).catch((error) => {
    if (error instanceof GitError && error.stderr.includes('not a git repository')) return null
    throw error
  })
  if (inside === null) return null
  if (inside !== 'true') {
    throw new InvalidInputError(
      'BARE_REPOSITORY',
      `${folder} holds git’s own files and no checkout. Choose the folder with the project’s files.`,
    )
  }
  const root = await realpath(await gitLine(['rev-parse', '--show-toplevel'], where))
  if (root === folder) return root
  const { stdout } = await git(['ls-files', '-z', '--', '.'], { ...where, limit: 1024 })
  return stdout ? root : null
}

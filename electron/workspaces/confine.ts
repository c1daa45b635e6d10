import { lstat, realpath } from 'node:fs/promises'
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path'
import { AppError } from '#shared/errors.ts'

/** An agent asked for a path that is not its own: outside the workspace, or git's internals. */
export class OutsideWorkspaceError extends AppError {
  override readonly name = 'OutsideWorkspaceError'
  readonly reason: string
  /** False: it lies inside, and is refused all the same. */
  readonly isOutside: boolean
  constructor(path: string, reason: string, isOutside = false) {
    super('FORBIDDEN', { error: 'OUTSIDE_WORKSPACE', message: `“${path}” was refused: ${reason}` })
    this.reason = reason
    this.isOutside = isOutside
  }
}

/**
 * The real, absolute path that a path of an agent stands for: relative to the workspace, or absolute within it.
 * The file need not exist. Symlinks are followed, those of parent folders as well; one that leads outside or
 * nowhere is refused, so are `..` above the root and every `.git`.
 */
export async function resolveInside(workspace: string, path: string): Promise<string> {
  if (path.includes('\0')) throw new OutsideWorkspaceError(path.replaceAll('\0', '\\0'), 'it is not a path.')
  const root = await realpath(workspace)
  const wanted = isAbsolute(path) ? rebased(workspace, root, path) : resolve(root, path)
  assertWithin(root, wanted, path)
  const real = await realOf(wanted, path)
  assertWithin(root, real, path)
  return real
}

/** As resolveInside, but the last name is not followed: for what is done to a link itself. */
export async function resolveEntryInside(workspace: string, path: string): Promise<string> {
  const entry = join(await resolveInside(workspace, dirname(path)), basename(path))
  assertWithin(await realpath(workspace), entry, path)
  return entry
}

/** The path of a file relative to its workspace, with forward slashes, as people and git write it. */
export async function relativeTo(workspace: string, realPath: string): Promise<string> {
  return relative(await realpath(workspace), realPath)
    .split(sep)
    .join('/')
}

/** An absolute path may name the workspace through a symlink above it (/tmp on a Mac). */
function rebased(workspace: string, root: string, path: string): string {
  const within = relative(resolve(workspace), resolve(path))
  return within.startsWith('..') || isAbsolute(within) ? resolve(path) : join(root, within)
}

function assertWithin(root: string, path: string, asked: string): void {
  const within = relative(root, path)
  const parts = within.split(sep)
  if (parts[0] === '..' || isAbsolute(within)) {
    throw new OutsideWorkspaceError(asked, 'it is outside the workspace. Use a path inside it.', true)
  }
  if (parts.some(isGitInternal)) {
    throw new OutsideWorkspaceError(asked, 'git’s own files are not edited by agents.')
  }
}

/** Also the spellings that other file systems take for `.git`: capitals, trailing dots, the short name. */
function isGitInternal(part: string): boolean {
  const plain = part.replace(/[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g, '').replace(/[. ]+$/, '')
  return plain.toLowerCase() === '.git' || /^git~\d+$/i.test(plain)
}

async function realOf(path: string, asked: string): Promise<string> {
  try {
    return await realpath(path)
  } catch (error) {
    if (!isMissing(error)) throw new OutsideWorkspaceError(asked, 'its folders cannot be read.')
  }
  const link = await lstat(path).catch(() => null)
  if (link) throw new OutsideWorkspaceError(asked, 'it is a symlink to something that is not there.')
  const parent = dirname(path)
  return join(await realOf(parent, asked), path.slice(parent.length).replace(/^[\\/]/, ''))
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT'
}

import { constants } from 'node:fs'
import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { basename, dirname, join, relative, sep } from 'node:path'
import { OutsideWorkspaceError } from './confine.ts'

const { O_DIRECTORY, O_NOFOLLOW, O_NONBLOCK, O_RDONLY } = constants
/** Of macOS: no part of the path may be a link. Node has no name for it. */
const O_NOFOLLOW_ANY = 0x20000000

export interface OpenBeneath {
  /** The workspace, without links. */
  root: string
  /** A path in it as `resolveInside` gave it. */
  real: string
  flags: number
  /** Of a file that is made. Default: 0o666, less what the person's mask takes away. */
  mode?: number
  /** Makes the folders that are not there. Default: false. */
  makesFolders?: boolean
}

/**
 * Opens a file that was found to lie in a workspace, whatever happens meanwhile: an agent's process may put a link in the
 * place of a folder between the look and the act, and this process is in no sandbox. Throws OutsideWorkspaceError where it
 * has, and the system's errors. A pipe does not hold it up. On Windows links are looked at before only.
 */
export async function openBeneath(wanted: OpenBeneath): Promise<FileHandle> {
  try {
    return await opened(wanted)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code !== 'ELOOP' && code !== 'ENOTDIR' && code !== 'EMLINK') throw error
    const path = relative(wanted.root, wanted.real)
    throw new OutsideWorkspaceError(path, 'a link was put in its place while it was opened.')
  }
}

async function opened({
  root,
  real,
  flags,
  mode = 0o666,
  makesFolders = false,
}: OpenBeneath): Promise<FileHandle> {
  if (process.platform === 'linux') return openByParts({ root, real, flags, mode, makesFolders })
  if (makesFolders) await mkdir(dirname(real), { recursive: true })
  const noLinks = process.platform === 'darwin' ? O_NOFOLLOW_ANY : 0
  return open(real, flags | noLinks | (O_NONBLOCK ?? 0), mode)
}

/** Each part is opened in the folder that is open already, so that nobody can put another in its place. */
async function openByParts(wanted: Required<OpenBeneath>): Promise<FileHandle> {
  const { root, real, flags, mode, makesFolders } = wanted
  const parts = relative(root, dirname(real)).split(sep).filter(Boolean)
  let folder = await open(root, O_RDONLY | O_DIRECTORY | O_NOFOLLOW)
  try {
    for (const part of parts) {
      const next = await openFolder(within(folder, part), makesFolders)
      await folder.close()
      folder = next
    }
    return await open(within(folder, basename(real)), flags | O_NOFOLLOW | O_NONBLOCK, mode)
  } finally {
    await folder.close()
  }
}

async function openFolder(path: string, makes: boolean): Promise<FileHandle> {
  const flags = O_RDONLY | O_DIRECTORY | O_NOFOLLOW
  if (!makes) return open(path, flags)
  await mkdir(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
  return open(path, flags)
}

function within({ fd }: FileHandle, name: string): string {
  return join('/proc/self/fd', String(fd), name)
}

import { randomUUID } from 'node:crypto'
import { chmod, copyFile, lstat, mkdir, readlink, rename, rm, rmdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { settleFile, settleFolder } from '#electron/platform/durable.ts'
import { RefusedError, UnavailableError } from '#shared/errors.ts'
import { resolveEntryInside } from './confine.ts'
import { type Seen, sightOf } from './folder-change.ts'

export interface TakeOver {
  /** Where the files are as they are to be. */
  source: string
  folder: string
  paths: readonly string[]
  /** Names what is written beside its place first: what a killed app has left is found by it. */
  mark?: string
  /** How the paths of the folder looked when it was decided about them: what somebody changes meanwhile is not touched. */
  seen?: Seen
}

/**
 * Makes paths of a folder what they are in another one, each replaced whole: what is not there goes first, with the folders
 * that are empty by it, then the others come. A link is replaced itself, and never what it leads to. On the disk when it
 * returns. Throws UnavailableError FOLDER_NOT_WRITTEN or RefusedError FOLDER_CHANGED with what to do; done again, it goes on
 * where it stopped.
 */
export async function takeOver({
  source,
  folder,
  paths,
  mark = randomUUID(),
  seen,
}: TakeOver): Promise<void> {
  const entries = await Promise.all(
    paths.map(async (path) => ({ path, entry: await lstat(join(source, path)).catch(() => null) })),
  )
  const gone = entries.filter(({ entry }) => entry === null || entry.isDirectory()).map(({ path }) => path)
  const there = entries.filter(({ path }) => !gone.includes(path)).map(({ path }) => path)
  await removeDrafts(folder, paths, mark)
  const names = new Set(gone.map((path) => path.toLowerCase()))
  const each = async (path: string, work: () => Promise<void>) => {
    // Where capitals make no other name, a file that is renamed by them has just gone.
    const isRenamed = !gone.includes(path) && names.has(path.toLowerCase())
    if (seen && !isRenamed) await requireAsSeen(folder, path, seen)
    await orSay(folder, path, work)
  }
  for (const path of gone) await each(path, () => takeAway(source, folder, path))
  for (const path of there) await each(path, () => put(join(source, path), folder, path, mark))
  for (const above of new Set(paths.map((path) => dirname(path)))) await settleFolder(join(folder, above))
}

/** Takes away what a killed app has left half-written beside paths of a folder. */
export async function removeDrafts(folder: string, paths: readonly string[], mark: string): Promise<void> {
  for (const above of new Set(paths.map((path) => dirname(path)))) {
    const isFolder = (await lstat(join(folder, above)).catch(() => null))?.isDirectory()
    const draft = join(above, draftOf(mark))
    if (isFolder)
      await orSay(folder, draft, async () => rm(await resolveEntryInside(folder, draft), { force: true }))
  }
}

async function requireAsSeen(folder: string, path: string, seen: Seen): Promise<void> {
  const before = seen.get(path)
  // A folder goes with what was in it, and only when it is empty by then.
  if (before === undefined || before === 'folder' || before === (await sightOf(folder, path))) return
  throw new RefusedError(
    'FOLDER_CHANGED',
    `${join(folder, path)} was changed by somebody else at this moment, and was left as it is. A part of the change is in ` +
      'the folder: look again, then finish it or take it back.',
    { files: [path] },
  )
}

async function takeAway(source: string, folder: string, path: string): Promise<void> {
  const entry = await resolveEntryInside(folder, path)
  if ((await lstat(entry).catch(() => null))?.isDirectory()) return // the file that was to go is gone
  await rm(entry, { force: true })
  for (let above = dirname(path); above !== '.'; above = dirname(above)) {
    if ((await lstat(join(source, above)).catch(() => null))?.isDirectory()) return
    const isEmpty = await rmdir(await resolveEntryInside(folder, above)).then(
      () => true,
      () => false,
    )
    if (!isEmpty) return
  }
}

async function put(from: string, folder: string, path: string, mark: string): Promise<void> {
  const to = await resolveEntryInside(folder, path)
  await mkdir(dirname(to), { recursive: true })
  const draft = join(dirname(to), draftOf(mark))
  try {
    if ((await lstat(from)).isSymbolicLink()) await symlink(await readlink(from), draft)
    else {
      await copyFile(from, draft)
      await keepRights(to, draft)
      await settleFile(draft)
    }
    await rename(draft, to)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

/** Who may read and write a file is the person's affair, and git does not know it; whether it can be run is part of the change. */
async function keepRights(to: string, draft: string): Promise<void> {
  const now = await lstat(to).catch(() => null)
  if (!now?.isFile()) return
  const mayRun = ((await lstat(draft)).mode & 0o100) !== 0
  const rights = now.mode & 0o666
  const runs = now.mode & 0o111 || (rights & 0o444) >> 2
  await chmod(draft, mayRun ? rights | runs : rights)
}

function draftOf(mark: string): string {
  return `.${mark}.rangers`
}

async function orSay(folder: string, path: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (!code) throw cause
    const why = code === 'ENOSPC' || code === 'EDQUOT' ? 'the disk is full' : code
    throw new UnavailableError(
      'FOLDER_NOT_WRITTEN',
      `${join(folder, path)} could not be written (${why}), so a part of the change may be missing there. ` +
        'Put that right and do it again: it goes on where it stopped.',
      { cause },
    )
  }
}

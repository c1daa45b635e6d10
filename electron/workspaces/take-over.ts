import { randomUUID } from 'node:crypto'
import { copyFile, lstat, mkdir, readlink, rename, rm, rmdir, symlink } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UnavailableError } from '#shared/errors.ts'
import { resolveEntryInside } from './confine.ts'

/**
 * Makes paths of a folder what they are in another one, each replaced whole: what is not there goes first, with the folders
 * that are empty by it, then the others come. A link is replaced itself, and never what it leads to. Throws UnavailableError
 * FOLDER_NOT_WRITTEN with what to do; done again, it goes on where it stopped.
 */
export async function takeOver(source: string, folder: string, paths: readonly string[]): Promise<void> {
  const entries = await Promise.all(
    paths.map(async (path) => ({ path, entry: await lstat(join(source, path)).catch(() => null) })),
  )
  const gone = entries.filter(({ entry }) => entry === null || entry.isDirectory()).map(({ path }) => path)
  const there = entries.filter(({ path }) => !gone.includes(path)).map(({ path }) => path)
  for (const path of gone) await orSay(folder, path, () => takeAway(source, folder, path))
  for (const path of there) await orSay(folder, path, () => put(join(source, path), folder, path))
}

async function takeAway(source: string, folder: string, path: string): Promise<void> {
  await rm(await resolveEntryInside(folder, path), { force: true })
  for (let above = dirname(path); above !== '.'; above = dirname(above)) {
    if ((await lstat(join(source, above)).catch(() => null))?.isDirectory()) return
    const isEmpty = await rmdir(await resolveEntryInside(folder, above)).then(
      () => true,
      () => false,
    )
    if (!isEmpty) return
  }
}

async function put(from: string, folder: string, path: string): Promise<void> {
  const to = await resolveEntryInside(folder, path)
  await mkdir(dirname(to), { recursive: true })
  const draft = join(dirname(to), `.${randomUUID()}.rangers`)
  try {
    if ((await lstat(from)).isSymbolicLink()) await symlink(await readlink(from), draft)
    else await copyFile(from, draft)
    await rename(draft, to)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
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

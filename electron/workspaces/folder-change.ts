import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { git, gitLine } from '#electron/platform/git.ts'
import { resolveInside } from './confine.ts'
import { workspaceOptions } from './workspace-git.ts'

/** What the agents did to one path of a copied folder, as git's names of what it holds; null: nothing is there. */
export interface FolderChange {
  path: string
  before: string | null
  after: string | null
}

/** Where a path of the folder stands: as it was copied, as the agents have left it, or as somebody else has made it. */
export type Standing = 'before' | 'after' | 'other'

/** All paths that differ between two commits of a copy. */
export async function folderChanges(
  copy: string,
  from: string,
  to: string,
  signal: AbortSignal,
): Promise<FolderChange[]> {
  const args = ['diff-tree', '-r', '-z', '--no-renames', '--raw', '--no-abbrev', from, to]
  const { stdout } = await git(args, workspaceOptions(copy, signal))
  const fields = stdout.split('\0')
  const changes: FolderChange[] = []
  // ":mode mode name name status" NUL path.
  for (let at = 0; at + 1 < fields.length; at += 2) {
    const [, , before, after] = (fields[at] ?? '').split(' ')
    changes.push({ path: fields[at + 1] ?? '', before: named(before), after: named(after) })
  }
  return changes
}

/** Git writes zeros for nothing. */
function named(id: string | undefined): string | null {
  return id && /[^0]/.test(id) ? id : null
}

/** Compares what the folder holds at a path with what git knows of it. `gone`: the paths that the change takes away. */
export async function standingOf(
  folder: string,
  copy: string,
  change: FolderChange,
  gone: ReadonlySet<string>,
  signal: AbortSignal,
): Promise<Standing> {
  const { path, before, after } = change
  const now = await idOf(folder, copy, path, signal)
  if (now === 'folder') {
    // A file takes the place of a folder whose files all go.
    const isLeft = before === null && (await isEmptyWithout(folder, path, gone))
    return isLeft ? 'before' : 'other'
  }
  if (now === after) return 'after'
  return now === before ? 'before' : 'other'
}

async function idOf(
  folder: string,
  copy: string,
  path: string,
  signal: AbortSignal,
): Promise<string | null | 'folder'> {
  const entry = await lstat(join(folder, path)).catch(() => null)
  if (!entry) return null
  if (entry.isDirectory()) return 'folder'
  const where = workspaceOptions(copy, signal)
  if (entry.isSymbolicLink()) {
    const input = await readlink(join(folder, path))
    return (await git(['hash-object', '--stdin'], { ...where, input })).stdout.trim()
  }
  if (!entry.isFile()) return 'folder' // neither a file nor a link: nothing that git could know
  const file = await resolveInside(folder, path)
  return gitLine(['hash-object', `--path=${path}`, '--', file], where)
}

async function isEmptyWithout(folder: string, path: string, gone: ReadonlySet<string>): Promise<boolean> {
  for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
    const inside = `${path}/${entry.name}`
    const goes = entry.isDirectory() ? await isEmptyWithout(folder, inside, gone) : gone.has(inside)
    if (!goes) return false
  }
  return true
}

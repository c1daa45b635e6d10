import { lstat, readdir, readlink } from 'node:fs/promises'
import { join } from 'node:path'
import { git, gitLine } from '#electron/platform/git.ts'
import { OutsideWorkspaceError, resolveEntryInside, resolveInside } from './confine.ts'
import { workspaceOptions } from './workspace-git.ts'

/** What the agents did to one path of a copied folder, as git's names of what it holds; null: nothing is there. */
export interface FolderChange {
  path: string
  before: string | null
  after: string | null
  /** What a merge that was broken off may have put there: the work has gone on since. */
  begun?: readonly (string | null)[]
}

/**
 * Where a path of the folder stands: as it was copied, as the agents have left it, as a merge that was broken off has left it, or
 * as somebody else has made it.
 */
export type Standing = 'before' | 'after' | 'begun' | 'other'

/** How paths of a folder looked at a moment, so that a change since is seen without reading them again. */
export type Seen = ReadonlyMap<string, string>

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

/**
 * All paths that differ between a commit of a copy and any of others: `after` is what the last of them holds, `begun` what the
 * earlier ones do.
 */
export async function begunChanges(
  copy: string,
  { from, to }: { from: string; to: readonly string[] },
  signal: AbortSignal,
): Promise<FolderChange[]> {
  const all = new Map<string, FolderChange>()
  for (const [place, commit] of to.entries()) {
    const isLast = place === to.length - 1
    const changes = await folderChanges(copy, from, commit, signal)
    const differs = new Map(changes.map((change) => [change.path, change]))
    for (const change of changes) if (!all.has(change.path)) all.set(change.path, change)
    for (const [path, known] of all) {
      const { after } = differs.get(path) ?? { after: known.before }
      const { before, begun = [] } = known
      all.set(
        path,
        isLast ? { path, before, after, begun } : { path, before, after, begun: [...begun, after] },
      )
    }
  }
  return [...all.values()]
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
  const { path, before, after, begun = [] } = change
  const now = await idOf(folder, copy, path, signal)
  if (now === 'folder') return standingOfFolder(folder, change, gone)
  if (now === after) return 'after'
  const above = now === null && (await fileAbove(folder, path))
  if (above && !gone.has(above)) return 'other' // it could not be written
  if (now === before) return 'before'
  return begun.includes(now) ? 'begun' : 'other'
}

async function standingOfFolder(
  folder: string,
  { path, before, after }: FolderChange,
  gone: ReadonlySet<string>,
): Promise<Standing> {
  if ((await sightOf(folder, path)) !== 'folder' || !(await isWithin(folder, path))) return 'other'
  // It has taken the place of a file that goes: what is in it is looked at by itself.
  if (after === null) return 'after'
  // A file takes the place of a folder whose files all go.
  return before === null && (await isEmptyWithout(folder, path, gone)) ? 'before' : 'other'
}

/** How a path looks now, but for what is in it: its kind, its age and its place on the disk. */
export async function sightOf(folder: string, path: string): Promise<string> {
  const entry = await lstat(join(folder, path), { bigint: true }).catch(() => null)
  if (!entry) return 'nothing'
  if (entry.isDirectory()) return 'folder'
  return [entry.ino, entry.size, entry.mode, entry.mtimeNs, entry.ctimeNs].join(' ')
}

async function idOf(
  folder: string,
  copy: string,
  path: string,
  signal: AbortSignal,
): Promise<string | null | 'folder'> {
  if (!(await isWithin(folder, path))) return (await fileAbove(folder, path)) ? null : 'folder' // a link leads out
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

/** A file in the place of a folder that a path is to be in; null: there is none. */
async function fileAbove(folder: string, path: string): Promise<string | null> {
  const parts = path.split('/')
  for (let count = 1; count < parts.length; count += 1) {
    const above = parts.slice(0, count).join('/')
    const entry = await lstat(join(folder, above)).catch(() => null)
    if (!entry) return null
    if (entry.isFile()) return above
  }
  return null
}

async function isWithin(folder: string, path: string): Promise<boolean> {
  return resolveEntryInside(folder, path).then(
    () => true,
    (error: unknown) => {
      if (error instanceof OutsideWorkspaceError) return false
      throw error
    },
  )
}

async function isEmptyWithout(folder: string, path: string, gone: ReadonlySet<string>): Promise<boolean> {
  for (const entry of await readdir(join(folder, path), { withFileTypes: true })) {
    const inside = `${path}/${entry.name}`
    const goes = entry.isDirectory() ? await isEmptyWithout(folder, inside, gone) : gone.has(inside)
    if (!goes) return false
  }
  return true
}

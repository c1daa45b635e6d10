import { basename } from 'node:path'
import { RefusedError } from '#shared/errors.ts'
import type { BegunMerge } from './begun-merge.ts'
import { checkOutApart } from './checked-out.ts'
import { begunChanges, type FolderChange, sightOf, standingOf } from './folder-change.ts'
import { removeDrafts, takeOver } from './take-over.ts'
import { ensureLinked } from './workspace-git.ts'

/** How far something that was begun in a plain folder has come. */
export interface HalfDone {
  /** As they are to be. */
  done: string[]
  /** As they were. */
  open: string[]
  /** As somebody else has made them since. */
  changed: string[]
}

/** Looks at each path of what was begun; no file is changed. Throws what `ensureLinked` does when the copy is lost. */
export async function lookAtBegun(begun: BegunMerge, copy: string, signal: AbortSignal): Promise<HalfDone> {
  await ensureLinked(copy, signal)
  const look: HalfDone = { done: [], open: [], changed: [] }
  for (const { path, standing } of await standings(begun, copy, signal)) {
    if (standing === 'other') look.changed.push(path)
    else if (standing === 'after') look.open.push(path)
    else look.done.push(path)
  }
  return look
}

/**
 * Makes the folder what it was before: each path that this app has changed; what somebody else has changed since stays, and is
 * named. Broken off, it goes on when it is done again.
 */
export async function takeBackBegun(
  begun: BegunMerge,
  copy: string,
  signal: AbortSignal,
): Promise<{ back: string[]; left: string[] }> {
  await ensureLinked(copy, signal)
  const { folder, from } = begun
  await using before = await checkOutApart({ from: copy, what: from, commit: from, needs: from, signal })
  if (!before)
    throw new RefusedError('WORKSPACE_BROKEN', `${copy} does not know any more what ${folder} held before.`)
  const seen = new Map<string, string>()
  const back: string[] = []
  const left: string[] = []
  const hidden: string[] = []
  for (const { path, standing, isHidden } of await standings(begun, copy, signal, seen)) {
    if (standing === 'other') left.push(path)
    else if (standing !== 'after') back.push(path)
    else if (isHidden) hidden.push(path)
  }
  await removeDrafts(folder, begun.paths, basename(copy))
  await takeOver({ source: before.path, folder, paths: [...back, ...hidden], mark: basename(copy), seen })
  return { back, left }
}

interface Stands {
  path: string
  /** `after`: as it was before all this. */
  standing: Awaited<ReturnType<typeof standingOf>>
  /** What was changed of it is no text: whether it can be run. */
  isHidden: boolean
}

async function standings(
  { folder, from, to }: BegunMerge,
  copy: string,
  signal: AbortSignal,
  seen?: Map<string, string>,
): Promise<Stands[]> {
  const changes = await begunChanges(copy, { from, to }, signal)
  // Seen from behind: what had been added goes.
  const goes = new Set(changes.filter(({ before }) => before === null).map(({ path }) => path))
  const all: Stands[] = []
  for (const { path, before, after, begun } of changes) {
    seen?.set(path, await sightOf(folder, path))
    const back: FolderChange = { path, before: after, after: before, begun: begun ?? [] }
    const standing = await standingOf(folder, copy, back, goes, signal)
    all.push({ path, standing, isHidden: before === after })
  }
  return all
}

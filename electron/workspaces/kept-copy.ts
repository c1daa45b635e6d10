import { lstat, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { git } from '#electron/platform/git.ts'
import { knownCommits } from './known-commits.ts'
import { keptBundle } from './remove-workspace.ts'

export interface KeptCopy {
  /** Where the workspace was. */
  workspace: string
  executionId: string
  /** The last commit of the work. */
  head: string
}

/** Those that are being opened: who asks for one meanwhile gets the same. */
const opening = new Map<string, Promise<string | null>>()

/**
 * The repository of a copied folder that was merged or thrown away, opened again from what was kept of it, to be read; it stays
 * beside that. Null: nothing of it is on this computer. Once begun it is finished, whoever goes away.
 */
export function openKeptCopy(kept: KeptCopy): Promise<string | null> {
  const bundle = keptBundle(dirname(kept.workspace), kept.executionId)
  const begun = opening.get(bundle)
  if (begun) return begun
  const opened = open(bundle, kept.head).finally(() => opening.delete(bundle))
  opening.set(bundle, opened)
  return opened
}

async function open(bundle: string, head: string): Promise<string | null> {
  const { signal } = new AbortController()
  if (!(await lstat(bundle).catch(() => null))) return null
  const place = `${bundle.replace(/\.bundle$/, '')}.opened`
  if (await isIn(place, head, signal)) return place
  const made = await mkdtemp(`${place}-`)
  try {
    await git(['init', '--quiet'], { cwd: made, signal })
    await git(['fetch', '--quiet', '--no-tags', bundle, '+refs/rangers/*:refs/rangers/*'], {
      cwd: made,
      signal,
    })
    if (!(await isIn(made, head, signal))) return null
    await rm(place, { recursive: true, force: true }) // of an earlier merge of the same work
    await rename(made, place)
    return place
  } finally {
    await rm(made, { recursive: true, force: true })
  }
}

/**
 * Removes the opened ones that were made before then, and what a killed app has left half-made: what is asked for again is
 * opened again. One whose bundle is gone is the last that there is, and stays. Gives how many went.
 */
export async function removeOldOpened(root: string, before: Date): Promise<number> {
  const kept = join(root, 'kept')
  const names = await readdir(kept).catch(() => [])
  const bundles = new Set(names.filter((name) => name.endsWith('.bundle')))
  let removed = 0
  for (const name of names) {
    const id = /^([\w-]+)\.opened(-\w+)?$/.exec(name)?.[1]
    const made = id && bundles.has(`${id}.bundle`) ? await lstat(join(kept, name)).catch(() => null) : null
    if (!made || made.mtimeMs >= before.getTime()) continue
    await rm(join(kept, name), { recursive: true, force: true })
    removed += 1
  }
  return removed
}

async function isIn(place: string, head: string, signal: AbortSignal): Promise<boolean> {
  if (!(await lstat(place).catch(() => null))) return false
  return (await knownCommits(place, [head], signal)).has(head)
}

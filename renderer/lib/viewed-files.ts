import { useMemo, useSyncExternalStore } from 'react'
import { z } from 'zod'
import type { FileChange } from '#shared/diff.ts'
import type { ExecutionId } from '#shared/ids.ts'

/** Whether the person ticked a file off as it is now, as it was before, or not at all. */
export type FileView = 'viewed' | 'changed' | 'new'
type Seen = Pick<FileChange, 'path' | 'fingerprint'>

/** The fingerprints of the files of a result that were ticked off, by path, and when the last one was (Unix ms). */
const Viewed = z.object({ at: z.number(), files: z.record(z.string(), z.string()) })
type Viewed = z.infer<typeof Viewed>

const PREFIX = 'viewed-files:'
/** So many results are remembered; of what was reviewed longest ago nobody reads the rest. */
const MOST_RESULTS = 100

const listeners = new Set<() => void>()

function parse(text: string | null): Viewed {
  try {
    return Viewed.parse(JSON.parse(text ?? ''))
  } catch {
    return { at: 0, files: {} } // nothing is ticked off, or another version of the app has written it
  }
}

/** What is ticked off of the files of a result; kept beyond window and app, and the same in all windows. */
export function useViewedFiles(id: ExecutionId) {
  const slot = PREFIX + id
  const kept = useSyncExternalStore(subscribe, () => localStorage.getItem(slot))
  const { files } = useMemo(() => parse(kept), [kept])
  const known = useMemo(() => new Map(Object.entries(files)), [files])
  return {
    viewOf: ({ path, fingerprint }: Seen): FileView => {
      const seen = known.get(path)
      if (seen === undefined) return 'new'
      return seen === fingerprint ? 'viewed' : 'changed'
    },
    setViewed: ({ path, fingerprint }: Seen, isViewed: boolean) => {
      const next = new Map(Object.entries(parse(localStorage.getItem(slot)).files))
      if (isViewed) next.set(path, fingerprint)
      else next.delete(path)
      write(slot, next)
    },
  }
}

function write(slot: string, files: ReadonlyMap<string, string>): void {
  if (files.size === 0) localStorage.removeItem(slot)
  else {
    if (localStorage.getItem(slot) === null) forgetOldest()
    localStorage.setItem(slot, JSON.stringify({ at: Date.now(), files: Object.fromEntries(files) }))
  }
  for (const listener of listeners) listener()
}

/** Makes room for one more. */
function forgetOldest(): void {
  const slots = Object.keys(localStorage).filter((key) => key.startsWith(PREFIX))
  if (slots.length < MOST_RESULTS) return
  const byAge = slots
    .map((slot) => ({ slot, at: parse(localStorage.getItem(slot)).at }))
    .sort((one, other) => one.at - other.at)
  for (const { slot } of byAge.slice(0, slots.length - MOST_RESULTS + 1)) localStorage.removeItem(slot)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener) // another window has ticked one off
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

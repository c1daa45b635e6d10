import { useSyncExternalStore } from 'react'
import { z } from 'zod'
import type { TaskId } from '#shared/ids.ts'
import { Task } from '#shared/task.ts'

/** What a person wrote on a card and has not saved, with the card as it was when they began. */
const Draft = z.object({ base: Task, text: z.string() })
export type Draft = z.infer<typeof Draft>
export type DraftField = 'title' | 'description' | 'acceptance_criteria'

const Drafts = z.record(z.string(), Draft)

/** In the session's storage drafts outlive a reload; in the local one they wait for the next window. */
const KEY = 'drafts'

let drafts: Readonly<Record<string, Draft>> = takeOver()
const listeners = new Set<() => void>()

if (typeof window !== 'undefined') {
  window.addEventListener('pagehide', () => {
    const waiting = { ...parse(localStorage.getItem(KEY)), ...drafts }
    if (Object.keys(waiting).length > 0) localStorage.setItem(KEY, JSON.stringify(waiting))
  })
}

/** The drafts of this window, and those of windows that were closed with some. */
function takeOver(): Readonly<Record<string, Draft>> {
  if (typeof window === 'undefined') return {}
  const all = { ...parse(localStorage.getItem(KEY)), ...parse(sessionStorage.getItem(KEY)) }
  localStorage.removeItem(KEY)
  sessionStorage.setItem(KEY, JSON.stringify(all))
  return all
}

function parse(text: string | null): Record<string, Draft> {
  try {
    return Drafts.parse(JSON.parse(text ?? '{}'))
  } catch {
    return {} // of another version of the app
  }
}

const slotOf = (id: TaskId, field: DraftField) => `${id} ${field}`

export function readDraft(id: TaskId, field: DraftField): Draft | null {
  return drafts[slotOf(id, field)] ?? null
}

/** Keeps what was written, or with null throws it away. */
export function writeDraft(id: TaskId, field: DraftField, draft: Draft | null): void {
  const { [slotOf(id, field)]: before, ...rest } = drafts
  if (before === (draft ?? undefined)) return
  drafts = draft ? { ...rest, [slotOf(id, field)]: draft } : rest
  sessionStorage.setItem(KEY, JSON.stringify(drafts))
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** The draft of a field of a card, live. */
export function useDraft(id: TaskId | null, field: DraftField): Draft | null {
  return useSyncExternalStore(subscribe, () => (id ? readDraft(id, field) : null))
}

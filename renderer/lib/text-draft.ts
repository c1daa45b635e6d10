import { useSyncExternalStore } from 'react'

/** Drafts outlive the window and the app. */
const PREFIX = 'draft:'

const listeners = new Set<() => void>()

/** Keeps what was written under a name; an empty text throws it away. */
export function writeTextDraft(name: string, text: string): void {
  if (text === '') localStorage.removeItem(PREFIX + name)
  else localStorage.setItem(PREFIX + name, text)
  for (const listener of listeners) listener()
}

export function readTextDraft(name: string): string | null {
  return localStorage.getItem(PREFIX + name)
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  window.addEventListener('storage', listener) // another window has written
  return () => {
    listeners.delete(listener)
    window.removeEventListener('storage', listener)
  }
}

/** What was written under a name and not sent; null: nothing. */
export function useTextDraft(name: string): string | null {
  return useSyncExternalStore(subscribe, () => readTextDraft(name))
}

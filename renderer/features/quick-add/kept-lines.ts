import { useSyncExternalStore } from 'react'
import { type Pasted, withoutFirst } from './pasted.ts'

/** Lines that were pasted and are not cards yet: they outlive the dialog, for the app may refuse some after it was closed. */
let pasted: Pasted | null = null
const listeners = new Set<() => void>()

export function keepLines(next: Pasted | null): void {
  pasted = next
  for (const listener of listeners) listener()
}

/** The first of them is a card by now. */
export function dropFirstLine(): void {
  keepLines(withoutFirst(pasted))
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

export function useKeptLines(): Pasted | null {
  return useSyncExternalStore(subscribe, () => pasted)
}

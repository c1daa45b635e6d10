import { useSyncExternalStore } from 'react'

/** How far a change of several cards has come. */
export interface BulkProgress {
  done: number
  total: number
}

let progress: BulkProgress | null = null
const listeners = new Set<() => void>()

export function noteBulk(next: BulkProgress): void {
  set(next)
}

export function finishBulk(): void {
  set(null)
}

export function useBulkProgress(): BulkProgress | null {
  return useSyncExternalStore(subscribe, () => progress)
}

function set(next: BulkProgress | null): void {
  progress = next
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

import type { BoardMessage } from '#shared/board-event.ts'
import type { BoardId } from '#shared/ids.ts'

type Listener = (messages: readonly BoardMessage[]) => void

const listeners = new Map<BoardId, Set<Listener>>()

/** Hears what happens on a board that is open in this window, after the board itself shows it. */
export function onBoardMessages(id: BoardId, listener: Listener): () => void {
  const all = listeners.get(id) ?? new Set()
  listeners.set(id, all.add(listener))
  return () => {
    all.delete(listener)
    if (all.size === 0 && listeners.get(id) === all) listeners.delete(id)
  }
}

/** Called by the one subscription that a board has. */
export function tellBoardMessages(id: BoardId, messages: readonly BoardMessage[]): void {
  for (const listener of listeners.get(id) ?? []) listener(messages)
}

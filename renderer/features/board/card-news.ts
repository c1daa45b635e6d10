import { useCallback, useSyncExternalStore } from 'react'
import type { BoardMessage } from '#shared/board-event.ts'
import type { TaskId } from '#shared/ids.ts'
import { type TaskCard, toTaskCard } from '#shared/task.ts'
import { type BoardState, isOlder } from './board-state.ts'

/**
 * What has just been heard of a card that stays where it is. It draws that by itself, at once; the board, which has to look
 * at everything anew, follows when it is on the screen. Where both know of the card, the newer counts.
 */
class CardNews {
  #card: TaskCard | undefined
  readonly #listeners = new Map<TaskId, Set<() => void>>()

  /** Draws what is told, if it is of such a card. False: nothing is drawn. */
  tell(state: BoardState, message: BoardMessage): boolean {
    const card = newsOf(state, message)
    if (!card) return false
    this.#card = card
    for (const listener of this.#listeners.get(card.id) ?? []) listener()
    return true
  }

  /** Whatever the board knows counts from now on: it is being read anew, and may be older. */
  forget(): void {
    this.#card = undefined
  }

  of(id: TaskId): TaskCard | undefined {
    return this.#card?.id === id ? this.#card : undefined
  }

  listen(id: TaskId, listener: () => void): () => void {
    const known = this.#listeners.get(id) ?? new Set()
    this.#listeners.set(id, known.add(listener))
    return () => {
      known.delete(listener)
      if (known.size === 0) this.#listeners.delete(id)
    }
  }
}

/** The card as it is now, if that neither moves it nor takes it away. */
function newsOf(state: BoardState, message: BoardMessage): TaskCard | null {
  if (message.type !== 'task_updated') return null
  const known = state.tasks.get(message.data.id)
  const card = toTaskCard(message.data)
  const stays = known?.column_id === card.column_id && known.order === card.order && !card.archived_at
  return stays && !isOlder(card, known) ? card : null
}

/** Of this window. */
export const cardNews = new CardNews()

/** The card as it was heard of last. */
export function useNewestCard(card: TaskCard): TaskCard {
  const { id } = card
  const listen = useCallback((listener: () => void) => cardNews.listen(id, listener), [id])
  const news = useSyncExternalStore(listen, () => cardNews.of(id))
  return news && isOlder(card, news) ? news : card
}

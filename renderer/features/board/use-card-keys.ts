import { useRef } from 'react'
import type { TaskCard } from '#shared/task.ts'

type KeyOf = (index: number) => string | number

/**
 * Tells the virtual list which card is which. The same function while the same cards stand in the same order, whatever
 * they say: with another one, all of thousands are measured again.
 */
export function useCardKeys(cards: readonly TaskCard[]): KeyOf {
  const last = useRef<{ cards: readonly TaskCard[]; keyOf: KeyOf } | null>(null)
  const isSame = last.current !== null && areSameCards(last.current.cards, cards)
  const keyOf: KeyOf = isSame && last.current ? last.current.keyOf : (index) => cards[index]?.id ?? index
  last.current = { cards, keyOf }
  return keyOf
}

function areSameCards(before: readonly TaskCard[], now: readonly TaskCard[]): boolean {
  if (before === now) return true
  return before.length === now.length && before.every((card, index) => card.id === now[index]?.id)
}

import { useEffect, useRef } from 'react'
import type { TaskCard } from '#shared/task.ts'

type Listener = (card: TaskCard) => void

const listeners = new Set<Listener>()

/** Tells that the person of this window has made a card. */
export function tellCreated(card: TaskCard): void {
  for (const listener of listeners) listener(card)
}

/** Hears of each card that the person makes in this window. */
export function useCreatedCards(listener: Listener): void {
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => {
    const hear: Listener = (card) => latest.current(card)
    listeners.add(hear)
    return () => {
      listeners.delete(hear)
    }
  }, [])
}

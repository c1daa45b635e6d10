import { useEffect, useRef } from 'react'
import type { TaskCard } from '#shared/task.ts'

type Listener = (card: TaskCard) => void

const created = new Set<Listener>()
const asked = new Set<Listener>()

/** Tells that the person of this window has made a card. */
export function tellCreated(card: TaskCard): void {
  for (const listener of created) listener(card)
}

/** Hears of each card that the person makes in this window. */
export function useCreatedCards(listener: Listener): void {
  useListener(created, listener)
}

/** Asks for the focus on a card that was just made. Who writes meanwhile is not interrupted. */
export function askFocus(card: TaskCard): void {
  if (isWriting(document.activeElement)) return
  for (const listener of asked) listener(card)
}

/** Hears of each card that is to have the focus. */
export function useAskedFocus(listener: Listener): void {
  useListener(asked, listener)
}

function isWriting(element: Element | null): boolean {
  return element?.matches('input, textarea, [contenteditable="true"], dialog *') ?? false
}

function useListener(listeners: Set<Listener>, listener: Listener): void {
  const latest = useRef(listener)
  latest.current = listener
  useEffect(() => {
    const hear: Listener = (card) => latest.current(card)
    listeners.add(hear)
    return () => {
      listeners.delete(hear)
    }
  }, [listeners])
}

import { useEffect, useRef } from 'react'
import type { TaskId } from '#shared/ids.ts'

/** So long a card may take to be scrolled to and drawn, in milliseconds; later, nobody expects the focus to go there. */
const PATIENCE_MS = 2000

/** Somebody wants a card to have the focus. All lists of the board hear of it; the one that draws the card serves it. */
export class FocusRequest {
  readonly id: TaskId
  readonly #from = document.activeElement
  readonly #until = performance.now() + PATIENCE_MS
  #isServed = false

  constructor(id: TaskId) {
    this.id = id
  }

  /** It was served, or it is too late for it: who has put the focus elsewhere meanwhile keeps it there. */
  get isOver(): boolean {
    const { activeElement, body } = document
    const isElsewhere = activeElement !== this.#from && activeElement !== body
    return this.#isServed || isElsewhere || performance.now() > this.#until
  }

  /** Puts the focus on the card if it is drawn within the element, and to be seen. */
  serveIn(element: HTMLElement | null): void {
    const card = element?.querySelector<HTMLElement>(`[data-task-id="${this.id}"]`)
    card?.focus({ preventScroll: true })
    if (!card || document.activeElement !== card) return
    card.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    this.#isServed = true
  }
}

/**
 * Puts the focus on the card that is asked for, once for each request. One that is not drawn is scrolled to; `indexOf`
 * tells where it is in the list, -1: in another one.
 */
export function useFocusRequest(
  request: FocusRequest | null,
  scroller: { readonly current: HTMLElement | null },
  indexOf: (id: TaskId) => number,
  scrollTo: (index: number) => void,
): void {
  const scrolledFor = useRef<FocusRequest | null>(null)
  // With each drawing, as it may be the one that brings the card.
  useEffect(() => {
    if (!request || request.isOver) return
    request.serveIn(scroller.current)
    if (request.isOver || scrolledFor.current === request) return
    const index = indexOf(request.id)
    if (index === -1) return
    scrolledFor.current = request
    scrollTo(index)
  })
}

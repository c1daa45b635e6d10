import type { Virtualizer } from '@tanstack/react-virtual'
import { type RefObject, useLayoutEffect, useRef } from 'react'
import type { TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'

/** A card that was in sight, and where it began, in pixels from the top of the list. */
interface Anchor {
  id: TaskId
  index: number
  start: number
}

/** One that has gone further than this was sorted elsewhere: nobody expects to be taken along. */
const MOST_STEPS = 200

/**
 * Keeps the cards that somebody reads where they are while others come and go above them. A list that stands at its top
 * stays there: what is new shows.
 */
export function useSteadyScroll(
  virtualizer: Pick<
    Virtualizer<HTMLDivElement, Element>,
    'measurementsCache' | 'getVirtualItems' | 'scrollOffset'
  >,
  cards: readonly TaskCard[],
  scroller: RefObject<HTMLElement | null>,
): void {
  const seen = useRef<{ cards: readonly TaskCard[]; anchors: readonly Anchor[] }>({ cards, anchors: [] })
  useLayoutEffect(() => {
    const element = scroller.current
    // As the list has heard of it: to ask the element would lay out the page anew, with each drawing.
    let top = virtualizer.scrollOffset ?? 0
    if (element && cards !== seen.current.cards && top > 0) {
      const shift = shiftOf(seen.current.anchors, cards, virtualizer.measurementsCache)
      if (shift !== 0) {
        top = element.scrollTop + shift
        element.scrollTo({ top, behavior: 'instant' })
      }
    }
    const anchors = virtualizer.getVirtualItems().flatMap(({ index, start, end }) => {
      const id = cards[index]?.id
      return id && end > top ? [{ id, index, start }] : []
    })
    seen.current = { cards, anchors }
  })
}

/** By how much the first of them that is still there has moved, in pixels. */
function shiftOf(
  anchors: readonly Anchor[],
  cards: readonly TaskCard[],
  items: readonly { start: number }[],
): number {
  for (const { id, index, start } of anchors) {
    const now = items[indexNear(cards, id, index)]
    if (now) return now.start - start
  }
  return 0
}

/** Looked for outwards from where it was; -1: not there. */
function indexNear(cards: readonly TaskCard[], id: TaskId, from: number): number {
  for (let step = 0; step <= MOST_STEPS; step += 1) {
    if (cards[from + step]?.id === id) return from + step
    if (cards[from - step]?.id === id) return from - step
  }
  return -1
}

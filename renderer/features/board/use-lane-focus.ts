import { useEffect, useRef } from 'react'
import type { LaneRow } from './lanes.ts'
import type { FocusRequest } from './use-card-focus.ts'

const FRAME_MS = 16
/** As many frames as a row may take to be drawn. */
const MOST_TRIES = 20

/** Scrolls to the card that is asked for and puts the focus on it, once for each request. */
export function useLaneFocus(
  request: FocusRequest | null,
  rows: readonly LaneRow[],
  scrollTo: (index: number) => void,
  scroller: { readonly current: HTMLElement | null },
): void {
  const served = useRef(0)
  useEffect(() => {
    if (!request || request.count === served.current) return
    const at = rows.findIndex((row) => holds(row, request.id))
    if (at === -1) return
    const focus = () => {
      const card = scroller.current?.querySelector<HTMLElement>(`[data-task-id="${request.id}"]`)
      if (!card) return false
      served.current = request.count
      card.focus({ preventScroll: true })
      card.scrollIntoView({ block: 'nearest', inline: 'nearest' })
      return true
    }
    if (focus()) return
    scrollTo(at)
    let tries = 0
    const timer = setInterval(() => {
      tries += 1
      if (focus() || tries > MOST_TRIES) clearInterval(timer)
    }, FRAME_MS)
    return () => clearInterval(timer)
  }, [request, rows, scrollTo, scroller])
}

function holds(row: LaneRow, id: FocusRequest['id']): boolean {
  return row.kind === 'cards' && [...row.lane.cards.values()].some((list) => list[row.index]?.id === id)
}

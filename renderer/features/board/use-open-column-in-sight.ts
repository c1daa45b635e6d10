import { type RefObject, useEffect } from 'react'
import type { ColumnId } from '#shared/ids.ts'

/** The panel of a card takes room from the board: the column of the card stays in sight. */
export function useOpenColumnInSight(
  board: RefObject<HTMLElement | null>,
  columnId: ColumnId | undefined,
): void {
  useEffect(() => {
    const element = board.current
    if (!columnId || !element) return
    let behavior: ScrollBehavior = 'smooth'
    // It tells the size at once, when the panel has its place, and again whenever that changes.
    const observer = new ResizeObserver(() => {
      const column = element.querySelector(`[data-column-id="${columnId}"]`)
      column?.scrollIntoView({ block: 'nearest', inline: 'nearest', behavior })
      behavior = 'auto'
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [board, columnId])
}

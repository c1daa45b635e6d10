import type { ColumnId } from '#shared/ids.ts'

/** What a drag must know of a column on the screen, whether or not its cards are drawn. */
export interface ColumnHandle {
  /** The place among the cards that is nearest to a height, in pixels below the top of `rect`. Asks the page for nothing. */
  indexAt: (y: number) => number
  /** Brings a place into view and tells where it is on the screen. */
  showIndex: (index: number) => { x: number; y: number }
  rect: () => DOMRect
}

/** The columns of one board that are on the screen now. */
export type ColumnHandles = Map<ColumnId, ColumnHandle>

import type { KeyboardEvent } from 'react'
import type { ColumnKey } from './table-column.ts'

/** A cell: its row, of which -1 is the head, and its column. */
export interface CellPlace {
  row: number
  column: number
}

interface Grid {
  rowCount: number
  columnCount: number
  /** Rows that fit on the screen. */
  pageSize: number
}

type Step = (at: CellPlace, last: CellPlace, isFar: boolean, pageSize: number) => CellPlace

/** With Ctrl or Cmd they go as far as there are cells. */
const STEPS: Readonly<Record<string, Step>> = {
  ArrowUp: ({ row, column }, _, isFar) => ({ row: isFar ? 0 : row - 1, column }),
  ArrowDown: ({ row, column }, last, isFar) => ({ row: isFar ? last.row : row + 1, column }),
  ArrowLeft: ({ row, column }, _, isFar) => ({ row, column: isFar ? 0 : column - 1 }),
  ArrowRight: ({ row, column }, last, isFar) => ({ row, column: isFar ? last.column : column + 1 }),
  Home: ({ row }, _, isFar) => ({ row: isFar ? 0 : row, column: 0 }),
  End: ({ row }, last, isFar) => ({ row: isFar ? last.row : row, column: last.column }),
  PageUp: ({ row, column }, _, __, pageSize) => ({ row: Math.max(0, row - pageSize), column }),
  PageDown: ({ row, column }, _, __, pageSize) => ({ row: row + pageSize, column }),
}

/** Where a key leads from a cell, as the pattern of a grid says; null for all other keys. */
export function stepInGrid(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  at: CellPlace,
  { rowCount, columnCount, pageSize }: Grid,
): CellPlace | null {
  const step = Object.hasOwn(STEPS, key) ? STEPS[key] : undefined
  if (!step) return null
  const last = { row: rowCount - 1, column: columnCount - 1 }
  const { row, column } = step(at, last, ctrlKey || metaKey, pageSize)
  return {
    row: Math.min(last.row, Math.max(-1, row)),
    column: Math.min(last.column, Math.max(0, column)),
  }
}

/** The cell of an element in the table. */
export function cellOf(element: EventTarget): { rowId: string; column: ColumnKey } | null {
  const cell = element instanceof Element ? element.closest<HTMLElement>('[data-row][data-column]') : null
  const { row, column } = cell?.dataset ?? {}
  return row && column ? { rowId: row, column: column as ColumnKey } : null
}

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

/** Where a key leads from a cell, as the pattern of a grid says; null for all other keys. */
export function stepInGrid(
  { key, ctrlKey, metaKey }: Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'metaKey'>,
  at: CellPlace,
  { rowCount, columnCount, pageSize }: Grid,
): CellPlace | null {
  const isFar = ctrlKey || metaKey
  const last = { row: rowCount - 1, column: columnCount - 1 }
  const to = (row: number, column: number) => ({
    row: Math.min(last.row, Math.max(-1, row)),
    column: Math.min(last.column, Math.max(0, column)),
  })
  switch (key) {
    case 'ArrowUp':
      return to(isFar ? 0 : at.row - 1, at.column)
    case 'ArrowDown':
      return to(isFar ? last.row : at.row + 1, at.column)
    case 'ArrowLeft':
      return to(at.row, isFar ? 0 : at.column - 1)
    case 'ArrowRight':
      return to(at.row, isFar ? last.column : at.column + 1)
    case 'Home':
      return to(isFar ? 0 : at.row, 0)
    case 'End':
      return to(isFar ? last.row : at.row, last.column)
    case 'PageUp':
      return to(Math.max(0, at.row - pageSize), at.column)
    case 'PageDown':
      return to(at.row + pageSize, at.column)
    default:
      return null
  }
}

/** The cell of an element in the table. */
export function cellOf(element: EventTarget): { rowId: string; column: ColumnKey } | null {
  const cell = element instanceof Element ? element.closest<HTMLElement>('[data-row][data-column]') : null
  const { row, column } = cell?.dataset ?? {}
  return row && column ? { rowId: row, column: column as ColumnKey } : null
}

import clsx from 'clsx'
import { ArrowDown, ArrowUp } from 'lucide-react'
import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import type { BoardQuery } from '#shared/board-query.ts'
import styles from './table.module.css'
import { type ColumnKey, clampWidth, type TableColumn } from './table-column.ts'

interface TableHeadProps {
  columns: readonly TableColumn[]
  sort: BoardQuery['sort']
  active: ColumnKey | null
  onSort: (sort: BoardQuery['sort']) => void
  /** `isDone`: the edge was let go of. */
  onResize: (key: ColumnKey, width: number, isDone: boolean) => void
}

const STEP = 16

/** The heads of the columns: a press sorts, the right edge makes wider (with the keys: Alt and an arrow). */
export function TableHead({ columns, sort, active, onSort, onResize }: TableHeadProps) {
  return (
    // biome-ignore lint/a11y/useFocusableInteractive: its cells have the focus
    // biome-ignore lint/a11y/useSemanticElements: a grid of virtual rows cannot be a table
    <div role="row" aria-rowindex={1} className={styles.head}>
      {columns.map((column, index) => (
        <Head
          key={column.key}
          column={column}
          index={index}
          direction={column.sort && column.sort === sort.by ? sort.direction : null}
          isActive={active === column.key}
          onSort={() => column.sort && onSort(nextSort(column.sort, sort))}
          onResize={onResize}
        />
      ))}
    </div>
  )
}

interface HeadProps {
  column: TableColumn
  index: number
  /** Null: the cards are not sorted by it. */
  direction: 'asc' | 'desc' | null
  isActive: boolean
  onSort: () => void
  onResize: TableHeadProps['onResize']
}

const SORTED = { asc: 'ascending', desc: 'descending' } as const

function Head({ column, index, direction, isActive, onSort, onResize }: HeadProps) {
  const resize = (event: KeyboardEvent) => {
    const by = event.key === 'ArrowRight' ? STEP : event.key === 'ArrowLeft' ? -STEP : 0
    if (!event.altKey || by === 0) return
    event.preventDefault()
    event.stopPropagation()
    onResize(column.key, clampWidth(column.width + by), true)
  }
  return (
    // biome-ignore lint/a11y/useSemanticElements: a grid of virtual rows cannot be a table
    <div
      role="columnheader"
      aria-colindex={index + 1}
      aria-sort={direction ? SORTED[direction] : undefined}
      aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight"
      tabIndex={isActive ? 0 : -1}
      data-row="head"
      data-column={column.key}
      className={clsx(styles.cell, column.isNumber && styles.number, column.sort && styles.sortable)}
      style={{ width: column.width }}
      onKeyDown={resize}
      onClick={onSort}
    >
      <span className={styles.headText}>{column.title}</span>
      {direction === 'asc' && <ArrowUp aria-hidden="true" />}
      {direction === 'desc' && <ArrowDown aria-hidden="true" />}
      <Edge column={column} onResize={onResize} />
    </div>
  )
}

/** Upwards, downwards, and then by hand again. */
export function nextSort(by: NonNullable<TableColumn['sort']>, sort: BoardQuery['sort']): BoardQuery['sort'] {
  if (sort.by !== by) return { by, direction: 'asc' }
  return sort.direction === 'asc' ? { by, direction: 'desc' } : { by: 'manual', direction: 'asc' }
}

function Edge({ column, onResize }: { column: TableColumn; onResize: TableHeadProps['onResize'] }) {
  const drag = useRef<{ x: number; width: number } | null>(null)
  const widthAt = (event: PointerEvent) =>
    drag.current ? clampWidth(drag.current.width + event.clientX - drag.current.x) : column.width
  return (
    <span
      aria-hidden="true"
      className={styles.edge}
      onClick={(event) => event.stopPropagation()}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, width: column.width }
      }}
      onPointerMove={(event) => drag.current && onResize(column.key, widthAt(event), false)}
      onPointerUp={(event) => {
        if (!drag.current) return
        onResize(column.key, widthAt(event), true)
        drag.current = null
      }}
    />
  )
}

import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import {
  type KeyboardEvent,
  type MouseEvent,
  useCallback,
  useEffect,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from 'react'
import type { BoardQuery } from '#shared/board-query.ts'
import type { TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import type { CardGroup } from '../../lib/card-groups.ts'
import { selectByPress } from '../../lib/selection.ts'
import { texts } from '../../lib/texts/texts.ts'
import { isEditable } from './cell-editor.tsx'
import { cellOf, stepInGrid } from './grid-step.ts'
import styles from './table.module.css'
import { type ColumnKey, shownColumns, TABLE_COLUMNS, type TableLayout } from './table-column.ts'
import { nextSort, TableHead } from './table-head.tsx'
import { CardRow, GroupRow } from './table-row.tsx'
import { rowIdOf, type TableRow, tableRows } from './table-rows.ts'
import { type TableScope, TableScopeProvider } from './table-scope.ts'

const ROW_HEIGHT = 36

interface TableViewProps {
  /** Those that are shown, in their order. */
  cards: readonly TaskCard[]
  /** The same cards in groups; null: they are not grouped. */
  groups: readonly CardGroup[] | null
  scope: TableScope
  sort: BoardQuery['sort']
  onSort: (sort: BoardQuery['sort']) => void
  layout: TableLayout
  onLayout: (layout: TableLayout) => void
  openTaskId: TaskId | null
}

/** The cards of a board as rows; only those in sight are drawn. Arrows go from cell to cell, Enter edits. */
export function TableView({ cards, groups, scope, sort, onSort, layout, onLayout, ...rest }: TableViewProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const [resized, setResized] = useState<TableLayout['widths']>({})
  const [active, setActive] = useState<{ rowId: string; column: ColumnKey }>({ rowId: '', column: 'title' })
  /** Of the row whose cell is edited. */
  const [editing, setEditing] = useState<string | null>(null)
  const isWanted = useRef(false)
  const scroller = useRef<HTMLDivElement>(null)

  const columns = useMemo(
    () => shownColumns({ ...layout, widths: { ...layout.widths, ...resized } }),
    [layout, resized],
  )
  const width = columns.reduce((sum, column) => sum + column.width, 0)
  const rows = useMemo(() => tableRows(cards, groups, closed), [cards, groups, closed])
  const order = useMemo(() => rows.flatMap((row) => (row.kind === 'card' ? [row.card.id] : [])), [rows])
  const found = rows.findIndex((row) => rowIdOf(row) === active.rowId)
  // A card that is gone while it is edited must not hand its editor to the one that stands there now.
  const isEditing = editing !== null && editing === active.rowId && found !== -1
  const at = {
    row: active.rowId === 'head' ? -1 : Math.max(0, found),
    column: Math.max(
      0,
      columns.findIndex(({ key }) => key === active.column),
    ),
  }

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 8,
    scrollPaddingStart: ROW_HEIGHT,
    // The cell that Tab reaches is always there, however far the table is scrolled.
    rangeExtractor: (range) =>
      [...new Set([...defaultRangeExtractor(range), ...(rows[at.row] ? [at.row] : [])])].sort(
        (a, b) => a - b,
      ),
  })

  useLayoutEffect(() => {
    if (!isWanted.current || isEditing) return
    isWanted.current = false
    const { row, column } = at
    const rowId = rows[row] ? rowIdOf(rows[row]) : 'head'
    const key = rows[row]?.kind === 'group' ? 'key' : columns[column]?.key
    const cell = scroller.current?.querySelector<HTMLElement>(
      `[data-row="${CSS.escape(rowId)}"][data-column="${key}"]`,
    )
    cell?.focus({ preventScroll: true })
    cell?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
    if (row >= 0) virtualizer.scrollToIndex(row)
  })

  const go = (rowId: string, column: ColumnKey) => {
    isWanted.current = true
    setActive({ rowId, column })
  }
  // The same function each time: a row that is scrolled past others need not be drawn anew.
  const stopEditing = useCallback(() => {
    setEditing(null)
    isWanted.current = true
  }, [])
  useEffect(() => {
    if (editing !== null && !isEditing) stopEditing()
  }, [editing, isEditing, stopEditing])
  const toggleGroup = (id: string) => setClosed((before) => toggled(before, id))
  const sortBy = (column: ColumnKey) => {
    const { sort: by } = TABLE_COLUMNS.find(({ key }) => key === column) ?? {}
    if (by) onSort(nextSort(by, sort))
  }
  const activate = (row: TableRow, column: ColumnKey, opensCard: boolean) => {
    if (row.kind === 'group') toggleGroup(row.group.id)
    else if (opensCard) scope.openTask(row.card.id)
    else if (isEditable(column)) {
      setActive({ rowId: row.card.id, column })
      setEditing(row.card.id)
    }
  }

  /** Whether the key leads to a cell. */
  const goBy = (event: KeyboardEvent): boolean => {
    const next = stepInGrid(event, at, {
      rowCount: rows.length,
      columnCount: columns.length,
      pageSize: Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / ROW_HEIGHT) - 2),
    })
    if (!next || event.altKey || event.shiftKey) return false
    const row = rows[next.row]
    go(row ? rowIdOf(row) : 'head', columns[next.column]?.key ?? 'title')
    return true
  }
  /** Whether the key does what the cell is for. */
  const activateBy = ({ key, ctrlKey, metaKey }: KeyboardEvent): boolean => {
    const column = columns[at.column]?.key
    if ((key !== 'Enter' && key !== 'F2') || ctrlKey || metaKey || !column) return false
    const row = rows[at.row]
    if (row) activate(row, column, column === 'key')
    else sortBy(column)
    return true
  }
  const handleKey = (event: KeyboardEvent) => {
    if (!cellOf(event.target) || isEditing || event.target !== document.activeElement) return
    if (!goBy(event) && !activateBy(event)) return
    event.preventDefault()
    event.stopPropagation()
  }

  const handleClick = (event: MouseEvent) => {
    const cell = cellOf(event.target)
    if (!cell || cell.rowId === 'head' || isEditing) return
    const row = rows.find((one) => rowIdOf(one) === cell.rowId)
    if (row?.kind === 'card' && selectByPress(scope.boardId, row.card.id, event, () => order)) return
    setActive(cell)
    if (row) activate(row, cell.column, cell.column === 'key' || cell.column === 'title')
  }

  const resize = (key: ColumnKey, next: number, isDone: boolean) => {
    setResized(isDone ? {} : { [key]: next })
    if (isDone) onLayout({ ...layout, widths: { ...layout.widths, [key]: next } })
  }

  return (
    <TableScopeProvider value={scope}>
      <div className={styles.frame}>
        {/* biome-ignore lint/a11y/useSemanticElements: a grid of virtual rows cannot be a table */}
        <div
          ref={scroller}
          role="grid"
          aria-label={texts.table.cards(scope.boardKey)}
          aria-rowcount={rows.length + 1}
          aria-colcount={columns.length}
          aria-multiselectable="true"
          tabIndex={-1}
          className={styles.grid}
          onKeyDown={handleKey}
          onClick={handleClick}
          onDoubleClick={(event) => {
            const cell = cellOf(event.target)
            if (cell?.column === 'title' && cell.rowId !== 'head') setEditing(cell.rowId)
          }}
          onFocus={(event) => {
            const cell = cellOf(event.target)
            if (cell && !isEditing) setActive(cell)
          }}
        >
          <div className={styles.sheet} style={{ width, height: ROW_HEIGHT + virtualizer.getTotalSize() }}>
            {/* biome-ignore lint/a11y/useSemanticElements: see above */}
            <div role="rowgroup" className={styles.heads}>
              <TableHead
                columns={columns}
                sort={sort}
                active={at.row === -1 || rows.length === 0 ? (columns[at.column]?.key ?? null) : null}
                onSort={onSort}
                onResize={resize}
              />
            </div>
            {/* biome-ignore lint/a11y/useSemanticElements: see above */}
            <div role="rowgroup">
              {virtualizer.getVirtualItems().map((item) => {
                const row = rows[item.index]
                if (!row) return null
                const isHere = at.row === item.index
                const place = { rowIndex: item.index + 2, top: item.start }
                return row.kind === 'group' ? (
                  <GroupRow
                    key={rowIdOf(row)}
                    group={row.group}
                    isOpen={row.isOpen}
                    width={width}
                    columnCount={columns.length}
                    isActive={isHere}
                    {...place}
                  />
                ) : (
                  <CardRow
                    key={row.card.id}
                    card={row.card}
                    columns={columns}
                    active={isHere ? (columns[at.column]?.key ?? null) : null}
                    isEditing={isHere && isEditing}
                    isOpen={rest.openTaskId === row.card.id}
                    onEdited={stopEditing}
                    {...place}
                  />
                )
              })}
            </div>
          </div>
        </div>
      </div>
    </TableScopeProvider>
  )
}

function toggled(set: ReadonlySet<string>, id: string): ReadonlySet<string> {
  const next = new Set(set)
  if (!next.delete(id)) next.add(id)
  return next
}

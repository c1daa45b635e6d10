import { DndContext, DragOverlay } from '@dnd-kit/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useCallback, useMemo, useRef, useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import { useHeldShortcuts } from '../../lib/shortcuts/held-shortcuts.ts'
import { CardFace } from './card-face.tsx'
import { type LaneCardFacts, LaneCells } from './lane-cells.tsx'
import { LaneColumnHead } from './lane-column-head.tsx'
import { LaneHead } from './lane-head.tsx'
import { type Lane, type LanePlace, type LaneRow, laneRows } from './lanes.ts'
import styles from './lanes-view.module.css'
import { type FocusRequest, useFocusRequest } from './use-focus-request.ts'
import { useLaneDrag } from './use-lane-drag.ts'
import { useLaneGeometry } from './use-lane-geometry.ts'

interface LanesViewProps extends LaneCardFacts {
  boardKey: string
  columns: readonly Column[]
  lanes: readonly Lane[]
  /** How many cards a column holds, those that are not shown too. */
  countOf: (id: ColumnId) => number
  isFiltered: boolean
  /** Cards stand in an order of their own. */
  isSorted: boolean
  focusRequest: FocusRequest | null
  adding: ColumnId | null
  onAdding: (id: ColumnId | null) => void
  /** What is dragged with a card. */
  groupOf: (card: TaskCard) => readonly TaskCard[]
  onDrop: (cards: readonly TaskCard[], place: LanePlace) => void
}

const ROW = 92
const HEAD = 36
const NO_CARDS: readonly TaskCard[] = []

/** The board in rows across its columns, one for each value; only the rows in sight are drawn. */
export function LanesView(props: LanesViewProps) {
  const { boardKey, columns, lanes, adding, onAdding, countOf, isFiltered, isSorted, ...rest } = props
  const [closed, toggle] = useClosedLanes()
  const scroller = useRef<HTMLDivElement>(null)
  const heads = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => laneRows(lanes, closed), [lanes, closed])
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'head' ? HEAD : ROW),
    // The same function while the rows are the same: with another one, all of thousands are measured again.
    getItemKey: useCallback((index: number) => keyOfRow(rows[index]) ?? index, [rows]),
    // What lies below the heads, which stay in sight, is scrolled to.
    scrollPaddingStart: HEAD,
    overscan: 4,
  })
  const shown = useMemo(() => countShown(lanes), [lanes])
  const geometry = useLaneGeometry({ virtualizer, rows, columns, scroller, heads })
  const { dragged, place, told, context } = useLaneDrag({
    ...geometry,
    columns,
    lanes,
    closed,
    isSorted,
    groupOf: rest.groupOf,
    onDrop: rest.onDrop,
  })
  useHeldShortcuts(dragged.length > 0)
  useFocusRequest(
    rest.focusRequest,
    scroller,
    (id) => rows.findIndex((row) => holds(row, id)),
    (index) => virtualizer.scrollToIndex(index),
  )
  const [card] = dragged

  return (
    <DndContext {...context}>
      <div ref={scroller} className={styles.scroller}>
        <div className={styles.sheet}>
          <div ref={heads} className={styles.heads}>
            {columns.map((column) => (
              <LaneColumnHead
                key={column.id}
                column={column}
                count={countOf(column.id)}
                shown={isFiltered ? (shown.get(column.id) ?? 0) : null}
                isAdding={adding === column.id}
                onAdding={(isAdding) => onAdding(isAdding ? column.id : null)}
              />
            ))}
          </div>
          <div data-lane-rows className={styles.rows} style={{ height: virtualizer.getTotalSize() }}>
            {virtualizer.getVirtualItems().map((item) => {
              const row = rows[item.index]
              if (!row) return null
              const { group } = row.lane
              return (
                <div
                  key={item.key}
                  ref={virtualizer.measureElement}
                  data-index={item.index}
                  className={styles.row}
                  style={{ transform: `translateY(${item.start}px)` }}
                >
                  {row.kind === 'head' ? (
                    <LaneHead
                      group={group}
                      isOpen={row.isOpen}
                      isTarget={place?.laneId === group.id}
                      onToggle={() => toggle(group.id)}
                    />
                  ) : (
                    <LaneCells {...rest} row={row} columns={columns} place={place} />
                  )}
                </div>
              )
            })}
          </div>
        </div>
      </div>
      <span role="status" className="hidden-visually">
        {told}
      </span>
      <DragOverlay dropAnimation={null}>
        {card && (
          <CardFace
            isOverlay
            stackedBelow={dragged.length - 1}
            task={card}
            boardKey={boardKey}
            execution={rest.executions.get(card.id) ?? null}
            waitsFor={rest.waiting.get(card.id) ?? NO_CARDS}
            Activity={Nothing}
          />
        )}
      </DragOverlay>
    </DndContext>
  )
}

function keyOfRow(row: LaneRow | undefined): string | undefined {
  return row && `${row.lane.group.id} ${row.kind === 'head' ? 'head' : row.index}`
}

function Nothing() {
  return null
}

function useClosedLanes(): readonly [ReadonlySet<string>, (id: string) => void] {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const toggle = (id: string) =>
    setClosed((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })
  return [closed, toggle]
}

function countShown(lanes: readonly Lane[]): ReadonlyMap<ColumnId, number> {
  const counts = new Map<ColumnId, number>()
  for (const { cards } of lanes) {
    for (const [id, list] of cards) counts.set(id, (counts.get(id) ?? 0) + list.length)
  }
  return counts
}

function holds(row: LaneRow, id: TaskId): boolean {
  return row.kind === 'cards' && [...row.lane.cards.values()].some((list) => list[row.index]?.id === id)
}

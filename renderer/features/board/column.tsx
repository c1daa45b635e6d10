import { useDroppable } from '@dnd-kit/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { memo, useCallback, useEffect, useRef } from 'react'
import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import { useIsDrawn } from '../../lib/first-drawing.ts'
import { useShortcut } from '../../lib/shortcuts/use-keymap.ts'
import { texts } from '../../lib/texts/texts.ts'
import { AddCard } from './add-card.tsx'
import { Card } from './card.tsx'
import styles from './column.module.css'
import type { ColumnHandles } from './column-handles.ts'
import { ColumnHeader } from './column-header.tsx'
import { useColumnDrop } from './drag-store.ts'
import { DropLine } from './drop-line.tsx'
import { isFull } from './drop-rule.ts'
import { useCardKeys } from './use-card-keys.ts'
import { type FocusRequest, useFocusRequest } from './use-focus-request.ts'
import { useSteadyScroll } from './use-steady-scroll.ts'
import type { WaitingCards } from './waiting-cards.ts'

/** Cards are about this high before they are measured, in pixels: with a title of two lines, nothing has to be moved then. */
const CARD_HEIGHT = 82
const GAP = 6
const EDGE = 4
/** What of a window is not the cards of a column, about, in pixels. */
const AROUND = 230

interface ColumnProps {
  column: Column
  cards: readonly TaskCard[]
  /** How many it holds, those that are still to come among them. */
  count: number
  /** Not all of its cards are shown. */
  isFiltered: boolean
  executions: ReadonlyMap<TaskId, ExecutionSummary>
  waiting: WaitingCards
  handles: ColumnHandles
  /** Which of its cards Tab reaches, is open, is to be focused, is renamed. */
  tabStop: TaskId | null
  openTaskId: TaskId | null
  focusRequest: FocusRequest | null
  editingId: TaskId | null
  isAdding: boolean
  onAddingChange: (isAdding: boolean) => void
  onEdited: () => void
}

/** A column and its cards; only the cards in sight are drawn. */
export const ColumnView = memo(function ColumnView(props: ColumnProps) {
  const { column, cards, executions, handles, focusRequest, onAddingChange } = props
  const drop = useColumnDrop(column, props.count)
  const scroller = useRef<HTMLDivElement>(null)
  const newCard = useShortcut('card.create')
  const isDrawn = useIsDrawn()
  const { setNodeRef } = useDroppable({ id: `column:${column.id}`, data: { columnId: column.id } })
  const virtualizer = useVirtualizer({
    count: cards.length,
    getScrollElement: () => scroller.current,
    estimateSize: estimatedHeight,
    getItemKey: useCardKeys(cards),
    // Else nothing is drawn until the empty column has been laid out, and the page is laid out twice.
    initialRect: aboutInSight(),
    gap: GAP,
    // Not more: with each stroke in the filter all of them are others.
    overscan: isDrawn ? 3 : 0,
    paddingStart: EDGE,
    paddingEnd: EDGE,
  })
  useSteadyScroll(virtualizer, cards, scroller)

  useEffect(() => {
    const offsetOf = (index: number): number => {
      const item = virtualizer.measurementsCache[Math.min(index, cards.length - 1)]
      if (!item) return EDGE
      return index >= cards.length ? item.end + GAP : item.start
    }
    handles.set(column.id, {
      rect: () => scroller.current?.getBoundingClientRect() ?? new DOMRect(),
      indexAt: (y) => {
        const offset = y + (virtualizer.scrollOffset ?? 0)
        const item = virtualizer.getVirtualItemForOffset(offset)
        if (!item) return 0
        return offset > item.start + item.size / 2 ? item.index + 1 : item.index
      },
      showIndex: (index) => {
        if (cards.length > 0) virtualizer.scrollToIndex(Math.min(index, cards.length - 1))
        const rect = scroller.current?.getBoundingClientRect() ?? new DOMRect()
        return { x: rect.left, y: rect.top + offsetOf(index) - (scroller.current?.scrollTop ?? 0) }
      },
    })
    return () => {
      handles.delete(column.id)
    }
  }, [handles, column.id, cards.length, virtualizer])

  useFocusRequest(
    focusRequest,
    scroller,
    (id) => cards.findIndex((card) => card.id === id),
    (index) => virtualizer.scrollToIndex(index),
  )

  const lineAt = useCallback(
    (index: number) => dropOffset(index, virtualizer.measurementsCache),
    [virtualizer],
  )
  const add = useCallback(() => onAddingChange(true), [onAddingChange])
  const isIdle = !drop.isOver && !props.isAdding
  return (
    <section
      className={clsx(styles.column, drop.isTarget && styles.target, drop.isForbidden && styles.forbidden)}
      aria-label={column.name}
      data-column-id={column.id}
    >
      <ColumnHeader
        column={column}
        count={props.count}
        shown={props.isFiltered ? cards.length : null}
        hint={drop.hint}
        onAdd={add}
      />
      <div ref={scroller} className={styles.scroller}>
        <ul
          // Not on what scrolls: dnd-kit scrolls what holds the place that a card is over, and not that place itself.
          ref={setNodeRef}
          aria-label={texts.columns.cards(column.name)}
          className={styles.list}
          style={{ height: virtualizer.getTotalSize() }}
        >
          {virtualizer.getVirtualItems().map((item) => {
            const task = cards[item.index]
            if (!task) return null
            return (
              <li
                key={item.key}
                ref={virtualizer.measureElement}
                data-index={item.index}
                aria-setsize={props.isFiltered ? cards.length : props.count}
                aria-posinset={item.index + 1}
                className={styles.item}
                style={{ transform: `translateY(${item.start}px)` }}
              >
                <Card
                  task={task}
                  execution={executions.get(task.id) ?? null}
                  waitsFor={props.waiting.get(task.id) ?? NOTHING}
                  isTabStop={props.tabStop === task.id}
                  isOpen={props.openTaskId === task.id}
                  isEditing={props.editingId === task.id}
                  onEdited={props.onEdited}
                />
              </li>
            )
          })}
          <DropLine column={column} count={props.count} offsetOf={lineAt} />
        </ul>
        {cards.length === 0 && props.count > 0 && props.isFiltered && !drop.isOver && (
          <p className={styles.empty}>{texts.columns.noCardHereFitsFilter}</p>
        )}
        {props.count === 0 && column.is_start_column && isIdle && (
          <p className={styles.empty}>
            {newCard ? texts.columns.pressWriteCard(newCard) : texts.columns.writeCardBelow}
          </p>
        )}
        {props.count === 0 && column.triggers_agents && isIdle && (
          <p className={styles.empty}>{texts.columns.dropCardHere}</p>
        )}
      </div>
      <div className={styles.foot}>
        <AddCard
          column={column}
          isFull={isFull(column, props.count)}
          isOpen={props.isAdding}
          onOpenChange={onAddingChange}
        />
      </div>
    </section>
  )
})

const NOTHING: readonly never[] = []
const estimatedHeight = () => CARD_HEIGHT
const aboutInSight = () => ({ width: 0, height: Math.max(0, window.innerHeight - AROUND) })

/** Middle of the gap before the card at `index`, in pixels from the top of the list. */
function dropOffset(index: number, items: readonly { start: number; end: number }[]): number {
  const before = items[index]
  if (before) return before.start - GAP / 2 - 1
  const last = items.at(-1)
  return last ? last.end + GAP / 2 - 1 : EDGE
}

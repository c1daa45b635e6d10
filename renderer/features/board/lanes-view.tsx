import { DndContext, DragOverlay } from '@dnd-kit/core'
import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { ChevronDown, ChevronRight, Plus } from 'lucide-react'
import { useEffect, useMemo, useRef, useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import type { TaskCard } from '#shared/task.ts'
import { formatWhole } from '../../lib/format.ts'
import { useHeldShortcuts } from '../../lib/shortcuts/held-shortcuts.ts'
import { IconButton } from '../../ui/button.tsx'
import { LabelDot } from '../../ui/label-dot.tsx'
import { PriorityIcon } from '../../ui/priority-icon.tsx'
import { AddCard } from './add-card.tsx'
import { Card } from './card.tsx'
import { CardFace } from './card-face.tsx'
import { ColumnCount } from './column-count.tsx'
import { isFull } from './drop-rule.ts'
import { type Lane, type LanePlace, laneRows } from './lanes.ts'
import styles from './lanes-view.module.css'
import type { FocusRequest } from './use-card-focus.ts'
import { useLaneDrag } from './use-lane-drag.ts'

interface LanesViewProps {
  boardKey: string
  columns: readonly Column[]
  lanes: readonly Lane[]
  /** How many cards a column holds, those that are not shown too. */
  countOf: (id: ColumnId) => number
  isFiltered: boolean
  executions: Pick<ReadonlyMap<TaskId, ExecutionSummary>, 'get'>
  waiting: Pick<ReadonlyMap<TaskId, readonly TaskCard[]>, 'get'>
  tabStop: TaskId | null
  openTaskId: TaskId | null
  editingId: TaskId | null
  focusRequest: FocusRequest | null
  adding: ColumnId | null
  onAdding: (id: ColumnId | null) => void
  onEdited: () => void
  onDrop: (card: TaskCard, place: LanePlace) => void
}

const ROW = 92
const HEAD = 36
const NO_CARDS: readonly TaskCard[] = []

/** The board in rows across its columns, one for each value; only the rows in sight are drawn. */
export function LanesView({ boardKey, columns, lanes, executions, waiting, ...rest }: LanesViewProps) {
  const [closed, setClosed] = useState<ReadonlySet<string>>(new Set())
  const scroller = useRef<HTMLDivElement>(null)
  const heads = useRef<HTMLDivElement>(null)
  const rows = useMemo(() => laneRows(lanes, closed), [lanes, closed])
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows[index]?.kind === 'head' ? HEAD : ROW),
    getItemKey: (index) => {
      const row = rows[index]
      return row ? `${row.lane.group.id} ${row.kind === 'head' ? 'head' : row.index}` : index
    },
    overscan: 4,
  })

  const placeAt = (x: number, y: number): LanePlace | null => {
    const element = scroller.current
    const list = element?.querySelector('[data-lane-rows]')
    if (!element || !list) return null
    const column = columns[columnAt(heads.current, x)]
    const offset = y - list.getBoundingClientRect().top
    const item = virtualizer.getVirtualItemForOffset(offset)
    const row = item && rows[item.index]
    if (!column || !item || !row) return null
    const length = row.lane.cards.get(column.id)?.length ?? 0
    const index = row.kind === 'head' ? 0 : row.index + (offset > item.start + item.size / 2 ? 1 : 0)
    return { laneId: row.lane.group.id, columnId: column.id, index: Math.min(index, length) }
  }
  const { dragged, place, context } = useLaneDrag({ placeAt, onDrop: rest.onDrop })
  useHeldShortcuts(dragged !== null)
  useLaneFocus(rest.focusRequest, rows, (index) => virtualizer.scrollToIndex(index), scroller)

  const toggle = (id: string) =>
    setClosed((before) => {
      const next = new Set(before)
      if (!next.delete(id)) next.add(id)
      return next
    })

  return (
    <DndContext {...context}>
      <div ref={scroller} className={styles.scroller}>
        <div className={styles.sheet}>
          <div ref={heads} className={styles.heads}>
            {columns.map((column) => (
              <section
                key={column.id}
                className={styles.columnHead}
                aria-label={column.name}
                data-column-id={column.id}
              >
                <div className={styles.columnLine}>
                  {column.color && (
                    <span className={styles.colour} style={{ background: column.color }} aria-hidden="true" />
                  )}
                  <h2 className={styles.columnName} title={column.name}>
                    {column.name}
                  </h2>
                  <ColumnCount
                    column={column}
                    count={rest.countOf(column.id)}
                    shown={rest.isFiltered ? shownIn(lanes, column.id) : null}
                  />
                  <IconButton
                    label={`Add a card to ${column.name}`}
                    size="small"
                    onClick={() => rest.onAdding(column.id)}
                  >
                    <Plus />
                  </IconButton>
                </div>
                {rest.adding === column.id && (
                  <AddCard
                    column={column}
                    isFull={isFull(column, rest.countOf(column.id))}
                    isOpen
                    onOpenChange={(isOpen) => rest.onAdding(isOpen ? column.id : null)}
                  />
                )}
              </section>
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
                    <button
                      type="button"
                      aria-expanded={row.isOpen}
                      className={clsx(styles.laneHead, place?.laneId === group.id && styles.targetLane)}
                      onClick={() => toggle(group.id)}
                    >
                      {row.isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
                      {group.priority !== undefined && <PriorityIcon priority={group.priority} />}
                      {group.color && <LabelDot color={group.color} />}
                      <span className={styles.laneName}>{group.name}</span>
                      <span className={styles.count}>{formatWhole(group.cards.length)}</span>
                    </button>
                  ) : (
                    columns.map((column) => {
                      const list = row.lane.cards.get(column.id) ?? NO_CARDS
                      const task = list[row.index]
                      const isHere = place?.laneId === group.id && place.columnId === column.id
                      const isEnd = isHere && row.isLast && place.index > row.index
                      return (
                        <div
                          key={column.id}
                          data-lane={group.id}
                          data-lane-column={column.id}
                          className={clsx(
                            styles.cell,
                            isHere && styles.target,
                            isHere && place.index === row.index && styles.before,
                            isEnd && styles.after,
                          )}
                        >
                          {task && (
                            <Card
                              task={task}
                              execution={executions.get(task.id) ?? null}
                              waitsFor={waiting.get(task.id) ?? NO_CARDS}
                              isTabStop={rest.tabStop === task.id}
                              isOpen={rest.openTaskId === task.id}
                              isEditing={rest.editingId === task.id}
                              onEdited={rest.onEdited}
                            />
                          )}
                        </div>
                      )
                    })
                  )}
                </div>
              )
            })}
          </div>
        </div>
      </div>
      <DragOverlay dropAnimation={null}>
        {dragged && (
          <CardFace
            isOverlay
            task={dragged}
            boardKey={boardKey}
            execution={executions.get(dragged.id) ?? null}
            waitsFor={waiting.get(dragged.id) ?? NO_CARDS}
            Activity={Nothing}
          />
        )}
      </DragOverlay>
    </DndContext>
  )
}

function Nothing() {
  return null
}

function shownIn(lanes: readonly Lane[], id: ColumnId): number {
  return lanes.reduce((sum, lane) => sum + (lane.cards.get(id)?.length ?? 0), 0)
}

/** Which column a point of the screen is over; -1: none. */
function columnAt(heads: HTMLElement | null, x: number): number {
  return [...(heads?.children ?? [])].findIndex((head) => {
    const rect = head.getBoundingClientRect()
    return x >= rect.left && x <= rect.right
  })
}

/** Scrolls to the card that is asked for and puts the focus on it, once for each request. */
function useLaneFocus(
  request: FocusRequest | null,
  rows: ReturnType<typeof laneRows>,
  scrollTo: (index: number) => void,
  scroller: { readonly current: HTMLElement | null },
): void {
  const served = useRef(0)
  useEffect(() => {
    if (!request || request.count === served.current) return
    const at = rows.findIndex(
      (row) =>
        row.kind === 'cards' &&
        [...row.lane.cards.values()].some((list) => list[row.index]?.id === request.id),
    )
    if (at === -1) return
    const find = () => scroller.current?.querySelector<HTMLElement>(`[data-task-id="${request.id}"]`)
    const focus = () => {
      const card = find()
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
      if (focus() || tries > 20) clearInterval(timer)
    }, 16)
    return () => clearInterval(timer)
  }, [request, rows, scrollTo, scroller])
}

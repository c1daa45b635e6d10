import { useVirtualizer } from '@tanstack/react-virtual'
import { CalendarDays } from 'lucide-react'
import { type KeyboardEvent, useCallback, useLayoutEffect, useMemo, useRef, useState } from 'react'
import type { Column } from '#shared/column.ts'
import type { TaskId } from '#shared/ids.ts'
import { addDays } from '#shared/match-card.ts'
import type { TaskCard } from '#shared/task.ts'
import { texts } from '../../lib/texts/texts.ts'
import { EmptyState } from '../../ui/notice.tsx'
import { nameOf } from './day-name.ts'
import styles from './timeline.module.css'
import { TimelineChip } from './timeline-chip.tsx'
import { TimelineGhost } from './timeline-ghost.tsx'
import { stepOf } from './timeline-keys.ts'
import { daysBetween, layOut } from './timeline-layout.ts'
import { TimelineScale } from './timeline-scale.tsx'
import { TimelineTools, type Zoom } from './timeline-tools.tsx'
import { type SaveDue, useDueChanges } from './use-due-changes.ts'
import { type DueTarget, useDueDrag } from './use-due-drag.ts'
import { bringIntoSight, isInside, useSight } from './use-sight.ts'

interface TimelineViewProps {
  cards: readonly TaskCard[]
  boardKey: string
  columns: readonly Column[]
  today: string
  openTaskId: TaskId | null
  onOpenTask: (id: TaskId) => void
  onDue: SaveDue
}

const DAY_WIDTH: Readonly<Record<Zoom, number>> = { weeks: 40, months: 14 }
const CHIP_WIDTH = 160
const ROW = 34
const SCALE_HEIGHT = 48
const TRAY_ROW = 34
/** Of a card, and of what stays in sight above it. */
const CHIP = { width: CHIP_WIDTH, height: ROW, head: SCALE_HEIGHT }
/** Days and rows beyond the edge that are drawn too. */
const BEYOND = 5

/** The cards of a board by their due date; those without one lie beside them. */
export function TimelineView({
  boardKey,
  columns,
  today,
  openTaskId,
  onOpenTask,
  ...rest
}: TimelineViewProps) {
  const { cards, dueOf, change: changeDue } = useDueChanges(rest.cards, rest.onDue)
  const [zoom, setZoom] = useState<Zoom>('weeks')
  const [active, setActive] = useState<TaskId | null>(null)
  const [told, setTold] = useState('')
  const scroller = useRef<HTMLDivElement>(null)
  const tray = useRef<HTMLElement>(null)
  const isWanted = useRef(false)
  const dayWidth = DAY_WIDTH[zoom]
  const layout = useMemo(
    () => layOut(cards, today, Math.ceil(CHIP_WIDTH / dayWidth)),
    [cards, today, dayWidth],
  )
  const { first, dayCount, rowCount, placed, undated } = layout
  const ends = useMemo(
    () => new Set(columns.filter((one) => one.is_end_column).map(({ id }) => id)),
    [columns],
  )
  const sight = useSight(scroller)
  const fromDay = Math.max(0, Math.floor(sight.left / dayWidth) - BEYOND)
  const toDay = Math.min(dayCount, Math.ceil((sight.left + sight.width) / dayWidth) + BEYOND)
  const todayX = daysBetween(first, today) * dayWidth

  const showDay = (day: string) => {
    const x = daysBetween(first, day) * dayWidth
    scroller.current?.scrollTo({ left: Math.max(0, x - scroller.current.clientWidth / 4) })
  }
  const showToday = useRef(() => {})
  showToday.current = () => showDay(today)
  // biome-ignore lint/correctness/useExhaustiveDependencies: at another zoom today is elsewhere
  useLayoutEffect(() => showToday.current(), [zoom])

  const change = (card: TaskCard, day: string | null) => {
    if (day === dueOf(card)) return
    setTold(texts.timeline.moved(`${boardKey}-${card.number}`, day && nameOf(day)))
    changeDue(card, day)
  }
  const targetAt = (x: number, y: number, grab: number): DueTarget => {
    if (isInside(tray.current, x, y)) return 'undated'
    const element = scroller.current
    if (!element || !isInside(element, x, y)) return null
    const left = x - grab - element.getBoundingClientRect().left + element.scrollLeft
    return { day: addDays(first, Math.round(left / dayWidth)) }
  }
  const { drag, press, wasDragged } = useDueDrag(targetAt, (card, target) => {
    if (target) change(card, target === 'undated' ? null : target.day)
  })
  const targetDay = drag?.target && drag.target !== 'undated' ? drag.target.day : null

  const order = useMemo(() => [...placed.map(({ card }) => card), ...undated], [placed, undated])
  const tabStop = order.some(({ id }) => id === active) ? active : (order[0]?.id ?? null)
  const trayRows = useVirtualizer({
    count: undated.length,
    getScrollElement: () => tray.current,
    estimateSize: () => TRAY_ROW,
    overscan: 6,
  })

  useLayoutEffect(() => {
    if (!isWanted.current || active === null) return
    const at = placed.find(({ card }) => card.id === active)
    if (at) bringIntoSight(scroller.current, { x: at.day * dayWidth, y: at.row * ROW, ...CHIP })
    else trayRows.scrollToIndex(undated.findIndex(({ id }) => id === active))
    const chip = document.querySelector<HTMLElement>(`[data-timeline] [data-task-id="${active}"]`)
    if (!chip) return
    isWanted.current = false
    chip.focus({ preventScroll: true })
  })

  const handleKey = (event: KeyboardEvent) => {
    const id = event.target instanceof HTMLElement ? event.target.dataset.taskId : undefined
    const at = order.findIndex((card) => card.id === id)
    const card = order[at]
    const step = stepOf(event)
    if (!card || step === undefined) return
    event.preventDefault()
    event.stopPropagation()
    isWanted.current = true
    if (event.shiftKey) {
      setActive(card.id)
      const due = dueOf(card)
      change(card, due ? addDays(due, step) : today)
    } else setActive(order[Math.min(order.length - 1, Math.max(0, at + Math.sign(step)))]?.id ?? null)
  }

  const open = useCallback(
    (card: TaskCard) => {
      if (!wasDragged()) onOpenTask(card.id)
    },
    [wasDragged, onOpenTask],
  )
  const chipOf = (card: TaskCard, place?: { left: number; top: number }) => {
    const isDone = ends.has(card.column_id)
    const day = card.due_date
    const isLate = day !== null && day < today && !isDone
    const due = day ? texts.timeline.due(nameOf(day), isLate) : texts.timeline.noDueDate
    return (
      <TimelineChip
        key={card.id}
        card={card}
        cardKey={`${boardKey}-${card.number}`}
        due={due}
        tone={isDone ? 'done' : isLate ? 'late' : day === today ? 'today' : null}
        isTabStop={card.id === tabStop}
        isOpen={card.id === openTaskId}
        onPress={press}
        onOpen={open}
        {...place}
      />
    )
  }

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: arrows go from card to card
    <div
      data-timeline
      className={styles.page}
      onKeyDown={handleKey}
      onFocus={(event) => {
        const { taskId } = event.target.dataset
        if (taskId) setActive(taskId as TaskId)
      }}
    >
      <TimelineTools zoom={zoom} onZoom={setZoom} onToday={() => showDay(today)} told={told} />
      <div className={styles.body}>
        <section
          ref={scroller}
          aria-label={texts.timeline.cardsByDueDate}
          className={styles.scroller}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the keyboard scrolls it
          tabIndex={0}
        >
          <div
            className={styles.sheet}
            style={{ width: dayCount * dayWidth, height: SCALE_HEIGHT + rowCount * ROW + ROW }}
          >
            <TimelineScale first={first} today={today} dayWidth={dayWidth} from={fromDay} to={toDay} />
            <span className={styles.todayLine} style={{ left: todayX + dayWidth / 2 }} />
            {targetDay && (
              <span
                className={styles.target}
                style={{ left: daysBetween(first, targetDay) * dayWidth, width: dayWidth }}
              />
            )}
            {placed
              .filter(
                ({ card, day, row }) =>
                  // What has the focus is there also before it has been scrolled to: it takes the next press.
                  card.id === active ||
                  (day >= fromDay - CHIP_WIDTH / dayWidth &&
                    day <= toDay &&
                    row * ROW >= sight.top - BEYOND * ROW &&
                    row * ROW <= sight.top + sight.height + BEYOND * ROW),
              )
              .map(({ card, day, row }) =>
                chipOf(card, { left: day * dayWidth, top: SCALE_HEIGHT + 4 + row * ROW }),
              )}
          </div>
        </section>
        {placed.length === 0 && !drag && (
          <div className={styles.none}>
            <EmptyState icon={<CalendarDays />} title={texts.timeline.emptyTitle}>
              {texts.timeline.emptyText}
            </EmptyState>
          </div>
        )}
        <section
          ref={tray}
          aria-label={texts.timeline.cardsWithoutDueDate}
          className={drag?.target === 'undated' ? `${styles.tray} ${styles.over}` : styles.tray}
        >
          <h2 className={styles.trayTitle}>
            {texts.timeline.tray} <span className={styles.trayCount}>{undated.length}</span>
          </h2>
          {undated.length === 0 && <p className={styles.trayEmpty}>{texts.timeline.trayHint}</p>}
          <div className={styles.trayList} style={{ height: trayRows.getTotalSize() }}>
            {trayRows.getVirtualItems().map((item) => {
              const card = undated[item.index]
              return card && chipOf(card, { left: 0, top: item.start })
            })}
          </div>
        </section>
      </div>
      {drag && <TimelineGhost drag={drag} />}
    </div>
  )
}

import { useVirtualizer } from '@tanstack/react-virtual'
import clsx from 'clsx'
import { type KeyboardEvent, useEffect, useId, useRef } from 'react'
import { dateFormat } from '../../lib/locale.ts'
import { texts } from '../../lib/texts/texts.ts'
import { copyLine } from './log-detail.tsx'
import styles from './log-list.module.css'
import type { NumberedLine } from './use-log.ts'

/** Height of a line, in pixels. */
const LINE = 24
/** How near its end the list counts as scrolled to it. */
const NEAR = LINE

interface LogListProps {
  lines: readonly NumberedLine[]
  chosen: number | null
  onChoose: (number: number | null) => void
  isFollowing: boolean
  onFollowingChange: (isFollowing: boolean) => void
  /** What stands where no line is. */
  empty: string
}

/** The lines, one a row; only those in sight are drawn. Arrow keys choose, Ctrl+C copies, Escape lets go. */
export function LogList({ lines, chosen, onChoose, isFollowing, onFollowingChange, empty }: LogListProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const id = useId()
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    getItemKey: (index) => lines[index]?.number ?? index,
    overscan: 10,
  })
  const last = lines.at(-1)?.number
  useEffect(() => {
    if (isFollowing && last !== undefined) virtualizer.scrollToIndex(lines.length - 1, { align: 'end' })
  }, [isFollowing, last, lines.length, virtualizer])

  const at = lines.findIndex((line) => line.number === chosen)
  const choose = (index: number) => {
    const line = lines[Math.max(0, Math.min(index, lines.length - 1))]
    if (!line) return
    onFollowingChange(false)
    onChoose(line.number)
    virtualizer.scrollToIndex(lines.indexOf(line))
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const goal = goalOf(event.key, at, lines.length, scroller.current?.clientHeight ?? 0)
    if (goal !== null) choose(goal)
    else if (event.key === 'Escape' && chosen !== null) onChoose(null)
    else if (event.key === 'c' && (event.ctrlKey || event.metaKey) && lines[at]) copyLine(lines[at])
    else return
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div
      ref={scroller}
      className={styles.list}
      role="listbox"
      tabIndex={0}
      aria-label={texts.log.linesLog}
      aria-activedescendant={at === -1 ? undefined : `${id}-${chosen}`}
      onKeyDown={onKeyDown}
      onWheel={({ currentTarget, deltaY }) => {
        // Whoever scrolls up wants to read; at the end again, the list follows again.
        if (deltaY < 0) onFollowingChange(false)
        else if (isAtEnd(currentTarget)) onFollowingChange(true)
      }}
    >
      {lines.length === 0 && (
        // An option that cannot be chosen: a list box may hold nothing else.
        <div role="option" tabIndex={-1} aria-selected={false} aria-disabled="true" className={styles.empty}>
          {empty}
        </div>
      )}
      <div role="presentation" className={styles.all} style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((item) => {
          const line = lines[item.index]
          if (!line) return null
          return (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the list has the keys
            <div
              key={item.key}
              id={`${id}-${line.number}`}
              role="option"
              tabIndex={-1}
              aria-selected={line.number === chosen}
              aria-setsize={lines.length}
              aria-posinset={item.index + 1}
              className={clsx(styles.line, styles[line.level])}
              style={{ transform: `translateY(${item.start}px)` }}
              onClick={() => choose(item.index)}
            >
              <span className={styles.time}>{clockOf(line.timestamp)}</span>
              <span className={styles.level}>{line.level}</span>
              <span className={styles.event}>{line.event}</span>
              <span className={styles.message}>{line.message}</span>
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Where a key leads from a line (-1: from behind the last), or null where it is no key of the list. */
function goalOf(key: string, at: number, count: number, height: number): number | null {
  const from = at === -1 ? count : at
  const page = Math.max(1, Math.floor(height / LINE) - 1)
  const goals = new Map([
    ['ArrowUp', from - 1],
    ['ArrowDown', from + 1],
    ['PageUp', from - page],
    ['PageDown', from + page],
    ['Home', 0],
    ['End', count - 1],
  ])
  return goals.get(key) ?? null
}

function isAtEnd({ scrollHeight, scrollTop, clientHeight }: HTMLElement): boolean {
  return scrollHeight - scrollTop - clientHeight <= NEAR
}

const clock = dateFormat({ timeStyle: 'medium', hourCycle: 'h23' })

function clockOf(timestamp: string | null): string {
  return timestamp === null ? '' : clock().format(new Date(timestamp))
}

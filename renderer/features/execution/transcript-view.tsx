import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, MessageSquareText } from 'lucide-react'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { LiveStatus } from '../../lib/live.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import type { Transcript } from './fold-transcript.ts'
import { TranscriptRow } from './transcript-row.tsx'
import styles from './transcript-view.module.css'

interface TranscriptViewProps {
  transcript: Transcript
  status: LiveStatus
  isDemo: boolean
  isRunning: boolean
}

/** Nearer to the end than this counts as reading along, in pixels. */
const NEAR = 48

/** What the agents did and do; follows the end unless the reader has scrolled up. */
export function TranscriptView({ transcript, status, isDemo, isRunning }: TranscriptViewProps) {
  const { items } = transcript
  const scroller = useRef<HTMLDivElement>(null)
  const [isFollowing, setFollowing] = useState(true)
  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (items[index]?.kind === 'text' ? 72 : 34),
    getItemKey: (index) => items[index]?.key ?? index,
    overscan: 8,
    paddingStart: 12,
    paddingEnd: 16,
  })
  const height = virtualizer.getTotalSize()

  // The height changes when rows come, grow or are measured: each time, the end is where the reader wants to be.
  useLayoutEffect(() => {
    const element = scroller.current
    if (isFollowing && element && height > 0) element.scrollTop = element.scrollHeight
  }, [isFollowing, height])

  useEffect(() => {
    const element = scroller.current
    if (!element) return
    let last = element.scrollTop
    const note = () => {
      const isNear = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR
      if (isNear) setFollowing(true)
      else if (element.scrollTop < last) setFollowing(false)
      last = element.scrollTop
    }
    element.addEventListener('scroll', note, { passive: true })
    return () => element.removeEventListener('scroll', note)
  }, [])

  return (
    <div className={styles.view}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-label="What the agents do"
        aria-live="off"
      >
        {items.length === 0 && <NothingYet status={status} isRunning={isRunning} />}
        <div className={styles.rows} style={{ height }}>
          {virtualizer.getVirtualItems().map((row) => {
            const item = items[row.index]
            if (!item) return null
            return (
              <div
                key={row.key}
                ref={virtualizer.measureElement}
                data-index={row.index}
                className={styles.row}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                <TranscriptRow item={item} isDemo={isDemo} />
              </div>
            )
          })}
        </div>
      </div>
      <div className={styles.edge}>
        {status === 'reconnecting' && (
          <span className={styles.reconnecting} role="status">
            <Spinner /> Reconnecting…
          </span>
        )}
        {!isFollowing && (
          <Button size="small" icon={<ArrowDown />} onClick={() => setFollowing(true)}>
            {isRunning ? 'Follow' : 'To the end'}
          </Button>
        )}
      </div>
    </div>
  )
}

/** The first lines come a moment after the connection, in milliseconds. */
const FIRST_LINES_MS = 500

function NothingYet({ status, isRunning }: { status: LiveStatus; isRunning: boolean }) {
  const [isSure, setSure] = useState(false)
  useEffect(() => {
    setSure(false)
    if (status !== 'live') return
    const timer = setTimeout(() => setSure(true), FIRST_LINES_MS)
    return () => clearTimeout(timer)
  }, [status])
  if (!isSure) {
    return (
      <div className={styles.loading}>
        <Spinner label="Loading the activity" size={18} />
      </div>
    )
  }
  return (
    <EmptyState
      icon={<MessageSquareText />}
      title={isRunning ? 'The agents are starting' : 'Nothing was recorded'}
    >
      {isRunning
        ? 'What they read, write and say appears here as it happens.'
        : 'This run ended before an agent began.'}
    </EmptyState>
  )
}

import { useVirtualizer } from '@tanstack/react-virtual'
import { ArrowDown, Copy } from 'lucide-react'
import { memo, useCallback, useEffect, useMemo, useRef, useState } from 'react'
import type { Step } from '#shared/execution.ts'
import type { ExecutionId, StepId } from '#shared/ids.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { copyEntry, entryText } from './copy-entry.ts'
import { useMarkFound } from './mark-found.ts'
import type { TranscriptItem } from './transcript-item.ts'
import { TranscriptRow } from './transcript-row.tsx'
import styles from './transcript-view.module.css'
import { useFollowEnd } from './use-follow-end.ts'
import type { Log } from './use-log.ts'
import type { LogSearch } from './use-log-search.ts'

interface TranscriptListProps {
  id: ExecutionId
  log: Log
  search: LogSearch
  steps: ReadonlyMap<StepId, Step>
  isDemo: boolean
  isRunning: boolean
}

const NO_LINE = null

/** The rows of a log of any length: those on the screen are drawn, those near it are here. */
export function TranscriptList({ id, log, search, steps, isDemo, isRunning }: TranscriptListProps) {
  const { rows, version, need } = log
  const { shape } = rows
  const scroller = useRef<HTMLDivElement>(null)
  const [opened, setOpened] = useState<ReadonlyMap<number, boolean>>(new Map())
  const toggle = useCallback(
    (entry: number, isOpen: boolean) => setOpened((before) => new Map(before).set(entry, isOpen)),
    [],
  )
  // With another function all rows are measured anew: a hundred thousand for one page of them that has come.
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows that stand elsewhere have other keys
  const keyOf = useMemo(() => (index: number) => rows.keyAt(index), [rows, shape])
  const virtualizer = useVirtualizer({
    count: rows.count,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => (rows.itemAt(index)?.kind === 'text' ? 72 : 34),
    getItemKey: keyOf,
    overscan: 8,
    paddingStart: 12,
    paddingEnd: 16,
  })
  const shown = virtualizer.getVirtualItems()
  const height = virtualizer.getTotalSize()
  const { isFollowing, setFollowing } = useFollowEnd(scroller, height)

  const [first, last] = [rows.chunkAt(shown[0]?.index ?? 0), rows.chunkAt(shown.at(-1)?.index ?? 0)]
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is missing is known when the rows have changed
  useEffect(() => {
    // With the next ones: what is scrolled to is there already, row by row, instead of all at once.
    const looked = [first, last, first - 1, last + 1].filter((chunk) => chunk >= 0)
    void need(looked)
    rows.trim(new Set(looked))
  }, [need, rows, first, last, version])

  const { hit } = search
  useEffect(() => {
    if (!hit) return
    let isLatest = true
    const goThere = async () => {
      setFollowing(false)
      setOpened((before) => new Map(before).set(hit.entry, true))
      await need([rows.chunkOfEntry(hit.entry)])
      if (isLatest) virtualizer.scrollToIndex(rows.indexOf(hit.entry), { align: 'center' })
    }
    void goThere()
    return () => {
      isLatest = false
    }
  }, [hit, need, rows, virtualizer, setFollowing])
  useMarkFound(
    scroller,
    search.text === '' ? '' : search.sought,
    `${version} ${shown[0]?.index} ${shown.length} ${opened.size} ${hit?.entry} ${hit?.line}`,
  )

  return (
    <div className={styles.list}>
      <div
        ref={scroller}
        className={styles.scroller}
        role="log"
        aria-label={texts.transcript.whatAgentsDo}
        aria-live="off"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        tabIndex={0}
        onKeyDown={(event) => {
          if (event.target !== event.currentTarget || event.key !== 'End') return
          event.preventDefault()
          setFollowing(true)
        }}
      >
        <div className={styles.rows} style={{ height }}>
          {shown.map((row) => {
            const item = rows.itemAt(row.index)
            return (
              <div
                key={row.key}
                ref={virtualizer.measureElement}
                data-index={row.index}
                data-current={(item && hit?.entry === item.entry) || undefined}
                className={styles.row}
                style={{ transform: `translateY(${row.start}px)` }}
              >
                {item ? (
                  <Row
                    id={id}
                    item={item}
                    isDemo={isDemo}
                    isOpen={opened.get(item.entry) ?? null}
                    onToggle={toggle}
                    step={item.stepId ? steps.get(item.stepId) : undefined}
                    focusLine={hit?.entry === item.entry ? hit.line : NO_LINE}
                  />
                ) : (
                  <div className={styles.missing} />
                )}
              </div>
            )
          })}
        </div>
      </div>
      <div className={styles.edge}>
        {log.status === 'reconnecting' && (
          <span className={styles.reconnecting} role="status">
            <Spinner /> {texts.transcript.reconnecting}
          </span>
        )}
        {!isFollowing && (
          <Button size="small" icon={<ArrowDown />} onClick={() => setFollowing(true)}>
            {isRunning ? texts.transcript.jumpLatest : texts.transcript.end}
          </Button>
        )}
      </div>
    </div>
  )
}

interface RowProps {
  id: ExecutionId
  item: TranscriptItem
  isDemo: boolean
  /** Null: nobody has chosen. */
  isOpen: boolean | null
  onToggle: (entry: number, isOpen: boolean) => void
  step: Step | undefined
  focusLine: number | null
}

const Row = memo(function Row({ id, item, ...rest }: RowProps) {
  const canCopy = item.kind === 'tool' || entryText(item) !== ''
  return (
    <>
      <TranscriptRow id={id} item={item} {...rest} />
      {canCopy && (
        <button
          type="button"
          className={styles.copy}
          aria-label={texts.transcript.copyEntry}
          title={texts.transcript.copyEntry}
          onClick={() => void copyEntry(id, item)}
        >
          <Copy />
        </button>
      )}
    </>
  )
})

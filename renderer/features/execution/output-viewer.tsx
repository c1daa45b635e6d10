import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { ExecutionId } from '#shared/ids.ts'
import { formatWhole } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { ErrorState } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import styles from './output-viewer.module.css'
import { useToolOutput } from './use-tool-output.ts'

/** As in the style sheet, in pixels. */
const LINE = 18

interface OutputViewerProps {
  id: ExecutionId
  entry: number
  isRunning: boolean
  /** The line that is to be seen. */
  focusLine: number | null
}

/** All that a tool has printed, however much it is. */
export function OutputViewer({ id, entry, isRunning, focusLine }: OutputViewerProps) {
  const output = useToolOutput(id, entry, isRunning)
  const { lines, lineAt, need } = output
  const scroller = useRef<HTMLElement>(null)
  const [isFollowing, setFollowing] = useState(isRunning && focusLine === null)
  const virtualizer = useVirtualizer({
    count: lines,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE,
    overscan: 20,
  })
  const shown = virtualizer.getVirtualItems()
  const [from, to] = [shown[0]?.index ?? 0, shown.at(-1)?.index ?? 0]
  useEffect(() => need(from, to), [need, from, to])
  useLayoutEffect(() => {
    if (isFollowing && lines > 0) virtualizer.scrollToIndex(lines - 1, { align: 'end' })
  }, [isFollowing, lines, virtualizer])
  useLayoutEffect(() => {
    if (focusLine === null || lines === 0) return
    setFollowing(false)
    virtualizer.scrollToIndex(focusLine, { align: 'center' })
  }, [focusLine, lines, virtualizer])
  if (output.error) return <ErrorState title={texts.checks.outputCouldNotRead} error={output.error} />
  if (output.isPending) return <Spinner label={texts.checks.loadingOutput} />
  const digits = formatWhole(lines).length
  return (
    <div className={styles.viewer}>
      <section
        ref={scroller}
        className={styles.scroller}
        style={{ height: Math.min(320, lines * LINE + 16) }}
        aria-label={texts.checks.outputLine(lines)}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard
        tabIndex={0}
        onWheel={(event) => event.deltaY < 0 && setFollowing(false)}
      >
        <div className={styles.lines} style={{ height: virtualizer.getTotalSize() }}>
          {shown.map(({ index, start }) => (
            <div
              key={index}
              className={styles.line}
              data-current={index === focusLine || undefined}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className={styles.number} style={{ width: `${digits}ch` }} aria-hidden="true">
                {index + 1}
              </span>
              {lineAt(index) ?? '…'}
            </div>
          ))}
        </div>
      </section>
    </div>
  )
}

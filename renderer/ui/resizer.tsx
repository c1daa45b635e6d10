import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import styles from './resizer.module.css'

interface ResizerProps {
  label: string
  /** Which edge of the panel it is. */
  edge: 'left' | 'right'
  /** Width of the panel, in pixels. */
  width: number
  min: number
  max: number
  onChange: (width: number) => void
  onDone: (width: number) => void
  /** A drag was given up: the panel is as it was. */
  onCancel: () => void
  /** A double click: as wide as the app would have it. */
  onReset: () => void
  /** Enter, of a panel that can be folded. */
  onFold?: () => void
}

const STEP = 24
/** Pixels that the pointer travels before a press becomes a drag. */
const DRAG_AFTER = 3

/** An edge of a panel: drag it, or use the arrow keys. */
export function Resizer({ label, edge, width, min, max, onChange, onDone, ...rest }: ResizerProps) {
  const drag = useRef<{ x: number; width: number; isMoved: boolean } | null>(null)
  const clamp = (value: number) => Math.round(Math.min(max, Math.max(min, value)))
  const outwards = edge === 'right' ? 1 : -1

  const widthAt = (event: PointerEvent, from: { x: number; width: number }) =>
    clamp(from.width + outwards * (event.clientX - from.x))

  const giveUp = () => {
    if (drag.current?.isMoved) rest.onCancel()
    drag.current = null
  }

  const widthBy: Readonly<Record<string, number>> = {
    ArrowLeft: clamp(width - outwards * STEP),
    ArrowRight: clamp(width + outwards * STEP),
    Home: min,
    End: max,
  }

  const handleKey = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const to = widthBy[event.key]
    if (to !== undefined) onDone(to)
    else if (event.key === 'Enter' && rest.onFold) rest.onFold()
    else if (event.key === 'Escape' && drag.current) giveUp()
    else return
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: an hr cannot be moved
    <div
      role="separator"
      aria-orientation="vertical"
      aria-label={label}
      aria-valuenow={width}
      aria-valuemin={min}
      aria-valuemax={max}
      tabIndex={0}
      className={styles.resizer}
      data-edge={edge}
      onKeyDown={handleKey}
      onDoubleClick={rest.onReset}
      onPointerDown={(event) => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, width, isMoved: false }
      }}
      onPointerMove={(event) => {
        const from = drag.current
        if (!from || (!from.isMoved && Math.abs(event.clientX - from.x) < DRAG_AFTER)) return
        from.isMoved = true
        onChange(widthAt(event, from))
      }}
      onPointerUp={(event) => {
        const from = drag.current
        drag.current = null
        if (from?.isMoved) onDone(widthAt(event, from))
      }}
      onPointerCancel={giveUp}
    />
  )
}

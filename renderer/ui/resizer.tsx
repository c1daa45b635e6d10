import { type KeyboardEvent, type PointerEvent, useRef } from 'react'
import styles from './resizer.module.css'

interface ResizerProps {
  label: string
  /** Width of the panel at its right, in pixels. */
  width: number
  min: number
  max: number
  onChange: (width: number) => void
  onDone: (width: number) => void
}

const STEP = 24

/** The left edge of a panel: drag it, or use the arrow keys. */
export function Resizer({ label, width, min, max, onChange, onDone }: ResizerProps) {
  const drag = useRef<{ x: number; width: number } | null>(null)
  const clamp = (value: number) => Math.round(Math.min(max, Math.max(min, value)))

  const widthAt = (event: PointerEvent) =>
    drag.current ? clamp(drag.current.width + drag.current.x - event.clientX) : width

  const handleKey = (event: KeyboardEvent) => {
    const step = event.key === 'ArrowLeft' ? STEP : event.key === 'ArrowRight' ? -STEP : 0
    if (step === 0) return
    event.preventDefault()
    event.stopPropagation()
    onDone(clamp(width + step))
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
      onKeyDown={handleKey}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId)
        drag.current = { x: event.clientX, width }
      }}
      onPointerMove={(event) => drag.current && onChange(widthAt(event))}
      onPointerUp={(event) => {
        if (drag.current) onDone(widthAt(event))
        drag.current = null
      }}
    />
  )
}

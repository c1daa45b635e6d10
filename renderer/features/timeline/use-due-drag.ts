import { type PointerEvent as ReactPointerEvent, useCallback, useEffect, useRef, useState } from 'react'
import type { TaskCard } from '#shared/task.ts'

/** Where a dragged card would go: to a day, or to those without one. */
export type DueTarget = { day: string } | 'undated' | null

export interface DueDrag {
  card: TaskCard
  x: number
  y: number
  target: DueTarget
}

/** Pixels that the pointer travels before a press becomes a drag. */
const DRAG_AFTER = 5

/** Drags of cards to other days; `targetAt` tells what is at a point of the screen, `grab` how far right it was taken. */
export function useDueDrag(
  targetAt: (x: number, y: number, grab: number) => DueTarget,
  onDrop: (card: TaskCard, target: DueTarget) => void,
) {
  const [drag, setDrag] = useState<DueDrag | null>(null)
  const pressed = useRef<{ card: TaskCard; x: number; y: number; grab: number } | null>(null)
  const isMoved = useRef(false)
  const latest = useRef({ targetAt, onDrop, drag })
  latest.current = { targetAt, onDrop, drag }

  useEffect(() => {
    const move = ({ clientX: x, clientY: y }: PointerEvent) => {
      const start = pressed.current
      if (!start) return
      if (!isMoved.current && Math.hypot(x - start.x, y - start.y) < DRAG_AFTER) return
      isMoved.current = true
      setDrag({ card: start.card, x, y, target: latest.current.targetAt(x, y, start.grab) })
    }
    const end = (isDropped: boolean) => {
      const { drag: last, onDrop: drop } = latest.current
      pressed.current = null
      setDrag(null)
      if (isDropped && last) drop(last.card, last.target)
    }
    const up = () => end(true)
    const cancel = () => end(false)
    const giveUp = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || !latest.current.drag) return
      event.preventDefault()
      event.stopPropagation()
      cancel()
    }
    window.addEventListener('pointermove', move)
    window.addEventListener('pointerup', up)
    window.addEventListener('pointercancel', cancel)
    window.addEventListener('keydown', giveUp, { capture: true })
    return () => {
      window.removeEventListener('pointermove', move)
      window.removeEventListener('pointerup', up)
      window.removeEventListener('pointercancel', cancel)
      window.removeEventListener('keydown', giveUp, { capture: true })
    }
  }, [])

  // The same functions each time: they are handed to hundreds of cards.
  const press = useCallback((event: ReactPointerEvent, card: TaskCard) => {
    if (event.button !== 0) return
    const { left } = event.currentTarget.getBoundingClientRect()
    isMoved.current = false
    pressed.current = { card, x: event.clientX, y: event.clientY, grab: event.clientX - left }
  }, [])
  /** The click that ends a drag is none. */
  const wasDragged = useCallback(() => isMoved.current, [])
  return { drag, press, wasDragged }
}

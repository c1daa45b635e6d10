import { type ReactNode, startTransition, useEffect, useRef, useState } from 'react'
import { afterPaint } from '../lib/after-paint.ts'
import { FirstDrawingDone } from '../lib/first-drawing.ts'

/** Tells once when its children are on the screen for the first time, and lets them draw the rest. */
export function FirstDrawing({ onDrawn, children }: { onDrawn: () => void; children: ReactNode }) {
  const [isDone, setDone] = useState(false)
  const tell = useRef<(() => void) | null>(onDrawn)
  useEffect(() => {
    afterPaint(() => {
      tell.current?.()
      tell.current = null
      startTransition(() => setDone(true))
    })
  }, [])
  return <FirstDrawingDone value={isDone}>{children}</FirstDrawingDone>
}

import { type ReactNode, useEffect, useRef } from 'react'

/** Tells once when its children have been drawn for the first time. */
export function FirstDrawing({ onDrawn, children }: { onDrawn: () => void; children: ReactNode }) {
  const tell = useRef<(() => void) | null>(onDrawn)
  useEffect(() => {
    tell.current?.()
    tell.current = null
  }, [])
  return children
}

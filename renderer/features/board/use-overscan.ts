import { useEffect, useState } from 'react'
import { afterPaint } from '../../lib/after-paint.ts'

/**
 * How many items a list draws beyond those in sight: none at first, which is what the person waits for, and so many once
 * that is painted.
 */
export function useOverscan(count: number): number {
  const [isPainted, setPainted] = useState(false)
  useEffect(() => afterPaint(() => setPainted(true)), [])
  return isPainted ? count : 0
}

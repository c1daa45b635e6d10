import { useRef } from 'react'

/** Of several calls of a component only the latest counts: to begin one gives up what was under way. */
export function useLatestSignal() {
  const latest = useRef<AbortController | null>(null)
  return {
    /** The signal of a new call; that of the one before is aborted. */
    begin(): AbortSignal {
      latest.current?.abort()
      latest.current = new AbortController()
      return latest.current.signal
    },
    giveUp(): void {
      latest.current?.abort()
    },
  }
}

import { useEffect, useState } from 'react'
import type { LogLine } from '#shared/log-line.ts'
import { errorText } from '../../lib/error-text.ts'
import { api } from '../../lib/trpc.ts'

/** A line with a number of its own: two lines may say the same. */
export interface NumberedLine extends LogLine {
  number: number
}

/** Lines that the window keeps; older ones are in the file. */
const MOST_LINES = 10_000
const FIRST_LINES = 2000

export interface LogView {
  lines: readonly NumberedLine[]
  isReading: boolean
  error: string | null
}

const EMPTY: LogView = { lines: [], isReading: true, error: null }

/** The end of the app's log, and what is written to it while it is looked at. */
export function useLog(): LogView {
  const [view, setView] = useState(EMPTY)
  useEffect(() => {
    let count = 0
    const subscription = api.logs.follow.subscribe(
      { lines: FIRST_LINES },
      {
        // A connection that comes back begins with the end of the log again.
        onStarted: () => setView(EMPTY),
        onData: (batch) => {
          const more = batch.map((line) => ({ ...line, number: count++ }))
          setView(({ lines }) => ({
            lines: [...lines, ...more].slice(-MOST_LINES),
            isReading: false,
            error: null,
          }))
        },
        onError: (error) => setView(({ lines }) => ({ lines, isReading: false, error: errorText(error) })),
      },
    )
    return () => subscription.unsubscribe()
  }, [])
  return view
}

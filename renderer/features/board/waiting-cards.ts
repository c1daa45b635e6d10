import { useMemo, useRef } from 'react'
import { type LinkedCards, type WaitingCards, waitingCards } from '../../lib/waiting-cards.ts'

export type { WaitingCards }

/** The waiting cards of the open board. */
export function useWaitingCards({ columns, links, tasks, executions }: LinkedCards): WaitingCards {
  const before = useRef<WaitingCards>(new Map())
  return useMemo(() => {
    before.current = waitingCards({ columns, links, tasks, executions }, before.current)
    return before.current
  }, [columns, links, tasks, executions])
}

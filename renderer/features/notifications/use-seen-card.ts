import { useEffect } from 'react'
import type { TaskId } from '#shared/ids.ts'
import { api } from '../../lib/trpc.ts'
import { useUnread } from './use-unread.ts'

const MOST = 100

/** What is told of the card that the person is looking at is read with that. */
export function useSeenCard(taskId: TaskId | null): void {
  const unread = useUnread()
  useEffect(() => {
    if (taskId === null || unread === 0) return
    const end = new AbortController()
    const look = () => {
      // It is no change that the person asked for: what fails here is only marked a little later.
      if (document.hasFocus()) markSeen(taskId, end.signal).catch(() => {})
    }
    look()
    addEventListener('focus', look, { signal: end.signal })
    return () => end.abort()
  }, [taskId, unread])
}

async function markSeen(taskId: TaskId, signal: AbortSignal): Promise<void> {
  const unread = await api.notifications.list.query({ unread_only: true, limit: MOST }, { signal })
  const ids = unread.filter((one) => one.task_id === taskId).map(({ id }) => id)
  if (ids.length > 0) await api.notifications.markRead.mutate({ ids })
}

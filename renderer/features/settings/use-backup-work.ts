import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { BackupWork } from '#shared/backup.ts'
import { followLive } from '../../lib/live.ts'
import { keys } from '../../lib/query-keys.ts'
import { api } from '../../lib/trpc.ts'

/**
 * The backup or restore that the app is making, whichever window has asked for it; null: none. The list of backups is
 * read again whenever one has ended, and when one was made that nobody had asked for.
 */
export function useBackupWork(): BackupWork | null {
  const cache = useQueryClient()
  const [work, setWork] = useState<BackupWork | null>(null)
  useEffect(
    () =>
      followLive<BackupWork | null>({
        lastEventId: '',
        open: (_, handlers) => {
          const subscription = api.backups.onWork.subscribe(undefined, {
            onStarted: handlers.onStarted,
            onData: (data) => handlers.onData({ id: '', data }),
            onError: handlers.onError,
          })
          return () => subscription.unsubscribe()
        },
        onBatch: (batch) => {
          const now = batch.at(-1)?.data ?? null
          setWork(now)
          if (!now) void cache.invalidateQueries({ queryKey: keys.backups })
        },
      }),
    [cache],
  )
  return work
}

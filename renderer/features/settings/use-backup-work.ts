import { useEffect, useState } from 'react'
import type { BackupWork } from '#shared/backup.ts'
import { followLive } from '../../lib/live.ts'
import { api } from '../../lib/trpc.ts'

/** The backup or restore that the app is making, whichever window has asked for it; null: none. */
export function useBackupWork(): BackupWork | null {
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
        onBatch: (batch) => setWork(batch.at(-1)?.data ?? null),
      }),
    [],
  )
  return work
}

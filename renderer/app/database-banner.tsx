import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CloudOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { DatabaseState } from '#shared/health.ts'
import { locale } from '../lib/locale.ts'
import { api } from '../lib/trpc.ts'
import { useDatabase } from '../lib/use-database.ts'
import { useLasting } from '../lib/use-lasting.ts'
import { Button } from '../ui/button.tsx'
import { showToast } from '../ui/toast.tsx'
import styles from './database-banner.module.css'

type Lost = Extract<DatabaseState, { status: 'lost' }>

const ANSWERS: DatabaseState = { status: 'answers' }

/** A restore ends all connections for a moment; that is no outage. */
const PATIENCE_MS = 700

/** Says that the database does not answer, for as long as that is so, and that it is back. */
export function DatabaseBanner() {
  const known = useDatabase()
  const isNews = useLasting(known.status === 'lost', PATIENCE_MS)
  const state = isNews ? known : ANSWERS
  useNewsOfReturn(state)
  const look = useMutation({ mutationFn: () => api.system.lookForDatabase.mutate() })
  if (state.status === 'answers') return null
  return (
    <div className={styles.banner} role="status">
      <CloudOff className={styles.icon} aria-hidden />
      <p className={styles.text}>
        <strong>{titleOf(state)}</strong> {adviceOf(state)}
      </p>
      <time className={styles.since} dateTime={state.since.toISOString()}>
        since {state.since.toLocaleTimeString(locale(), { timeStyle: 'short' })}
      </time>
      <Button size="small" isBusy={look.isPending} onClick={() => look.mutate()}>
        Try now
      </Button>
    </div>
  )
}

function titleOf({ is_embedded: isEmbedded }: Lost): string {
  return isEmbedded ? 'The database has stopped.' : 'The database does not answer.'
}

function adviceOf({ is_embedded: isEmbedded, reason }: Lost): string {
  const known = /^The database does not answer/.test(reason) ? '' : `${reason} `
  return `${known}What you see may be out of date. ${isEmbedded ? 'Starting it again…' : 'Trying again…'}`
}

/** After an outage all that is not live is read again, and the person hears of it once. */
function useNewsOfReturn(state: DatabaseState): void {
  const cache = useQueryClient()
  const before = useRef(state)
  useEffect(() => {
    const last = before.current
    before.current = state
    if (last.status === 'answers' || state.status === 'lost') return
    // A board that was read is brought up to date by its events.
    void cache.invalidateQueries({
      predicate: ({ queryKey, state: query }) => queryKey[0] !== 'board' || query.status === 'error',
    })
    showToast({
      tone: 'good',
      title: last.is_embedded ? 'The database was started again' : 'The database answers again',
      text: 'Everything you see is up to date.',
    })
  }, [state, cache])
}

import { useMutation, useQueryClient } from '@tanstack/react-query'
import { CloudOff } from 'lucide-react'
import { useEffect, useRef } from 'react'
import type { DatabaseState } from '#shared/health.ts'
import { locale } from '../lib/locale.ts'
import { texts } from '../lib/texts/texts.ts'
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
        {texts.app.since(state.since.toLocaleTimeString(locale(), { timeStyle: 'short' }))}
      </time>
      <Button size="small" isBusy={look.isPending} onClick={() => look.mutate()}>
        {texts.app.tryNow}
      </Button>
    </div>
  )
}

function titleOf({ is_embedded: isEmbedded }: Lost): string {
  return isEmbedded ? texts.app.databaseStopped : texts.app.databaseDoesNotAnswer
}

function adviceOf({ is_embedded: isEmbedded, reason }: Lost): string {
  const known = /^The database does not answer/.test(reason) ? '' : `${reason} `
  return texts.app.whatYouSeeMay(known, isEmbedded)
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
      title: last.is_embedded ? texts.app.databaseStartedAgain : texts.app.databaseAnswersAgain,
      text: texts.app.everythingYouSeeUpDate,
    })
  }, [state, cache])
}

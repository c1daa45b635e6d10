import { type ReactNode, useEffect, useState } from 'react'
import { texts } from '../lib/texts/texts.ts'
import { useConnection } from '../lib/use-connection.ts'
import { usePreferencesQuery } from '../lib/use-preferences.ts'
import { Mark } from '../ui/mark.tsx'
import { ErrorState } from '../ui/notice.tsx'
import styles from './screens.module.css'
import { StartingBanner } from './starting-banner.tsx'

/** When the person may begin to wonder, in milliseconds. */
const WONDER_MS = 600

/** Waits until the app behind the window has started, and shows the reason and a way on when it cannot. */
export function StartGate({ children }: { children: ReactNode }) {
  const start = usePreferencesQuery()
  if (start.data) {
    return (
      <>
        <StartingBanner />
        {children}
      </>
    )
  }
  return (
    <main className={styles.screen}>
      {start.isError ? (
        <ErrorState
          title={texts.app.agentRangersCouldNotStart}
          error={start.error}
          onRetry={() => void start.refetch()}
        />
      ) : (
        <Starting />
      )}
    </main>
  )
}

function Starting() {
  const [isSlow, setSlow] = useState(false)
  const connection = useConnection()
  const told = connection.status === 'open' ? connection.starting : null
  useEffect(() => {
    const timer = setTimeout(() => setSlow(true), WONDER_MS)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className={styles.starting} role="status" aria-label={texts.app.startingAgentRangers}>
      <Mark size={44} />
      <span className={styles.startingText} data-shown={isSlow}>
        {told ?? texts.app.startingDatabase}
      </span>
    </div>
  )
}

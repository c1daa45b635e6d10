import { PlugZap, RefreshCw, ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { useLastScreen } from '../lib/last-screen.ts'
import { texts } from '../lib/texts/texts.ts'
import { useConnection } from '../lib/use-connection.ts'
import { useLasting } from '../lib/use-lasting.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/notice.tsx'
import { Spinner } from '../ui/spinner.tsx'
import styles from './screens.module.css'

/** How long the connection may be gone before the window says so, in milliseconds: a reload takes less. */
const PATIENCE_MS = 700

/** Lets the window work while it is connected to the app, and tells what to do when it is not. */
export function ConnectionGate({ children }: { children: ReactNode }) {
  const connection = useConnection()
  // A start that shows what was left has not begun to answer: nothing is lost.
  const isStarting = useLastScreen()
  const isSlow = useLasting(connection.status === 'connecting' && !isStarting, PATIENCE_MS)
  if (connection.status === 'closed') return <ClosedScreen reason={connection.reason} />
  return (
    <div className={styles.gate}>
      {isSlow && (
        <div className={styles.banner} role="status">
          <Spinner /> {texts.app.connectionAppLostConnectingAgain}
        </div>
      )}
      {children}
    </div>
  )
}

function ClosedScreen({ reason }: { reason: string }) {
  const reload = (
    <Button variant="primary" onClick={() => location.reload()}>
      {texts.app.reloadWindow}
    </Button>
  )
  return (
    <main className={styles.screen}>
      {reason === 'VERSION' && (
        <EmptyState icon={<RefreshCw />} title={texts.app.restartUpdate}>
          {texts.app.agentRangersUpdatedWhile}
        </EmptyState>
      )}
      {reason === 'FORBIDDEN' && (
        <EmptyState icon={<ShieldAlert />} title={texts.app.pageNotPartApp}>
          {texts.app.agentRangersTalksOwn} <code>{texts.app.npmStart}</code>.
        </EmptyState>
      )}
      {reason !== 'VERSION' && reason !== 'FORBIDDEN' && (
        <EmptyState icon={<PlugZap />} title={texts.app.connectionAppClosed} actions={reload}>
          {texts.app.reloadWindowConnectAgain}
        </EmptyState>
      )}
    </main>
  )
}

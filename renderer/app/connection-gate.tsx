import { PlugZap, RefreshCw, ShieldAlert } from 'lucide-react'
import type { ReactNode } from 'react'
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
  const isSlow = useLasting(connection.status === 'connecting', PATIENCE_MS)
  if (connection.status === 'closed') return <ClosedScreen reason={connection.reason} />
  return (
    <div className={styles.gate}>
      {isSlow && (
        <div className={styles.banner} role="status">
          <Spinner /> The connection to the app was lost. Connecting again…
        </div>
      )}
      {children}
    </div>
  )
}

function ClosedScreen({ reason }: { reason: string }) {
  const reload = (
    <Button variant="primary" onClick={() => location.reload()}>
      Reload the window
    </Button>
  )
  return (
    <main className={styles.screen}>
      {reason === 'VERSION' && (
        <EmptyState icon={<RefreshCw />} title="Restart to update">
          Agent Rangers was updated while this window was open. Quit it and start it again; boards and running
          agents continue where they are.
        </EmptyState>
      )}
      {reason === 'FORBIDDEN' && (
        <EmptyState icon={<ShieldAlert />} title="This page is not part of the app">
          Agent Rangers talks to its own windows only. Start it with <code>npm start</code>.
        </EmptyState>
      )}
      {reason !== 'VERSION' && reason !== 'FORBIDDEN' && (
        <EmptyState icon={<PlugZap />} title="The connection to the app is closed" actions={reload}>
          Reload the window to connect again. Nothing that was saved is lost.
        </EmptyState>
      )}
    </main>
  )
}

import { CircleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/notice.tsx'
import styles from './screens.module.css'

interface ErrorBoundaryProps {
  children: ReactNode
}

/** Catches what breaks while drawing: says so, and offers the way back. Nothing that was saved is lost by it. */
export class ErrorBoundary extends Component<ErrorBoundaryProps, { error: unknown }> {
  override state: { error: unknown } = { error: null }

  static getDerivedStateFromError(error: unknown): { error: unknown } {
    return { error }
  }

  override render(): ReactNode {
    const { error } = this.state
    if (error === null) return this.props.children
    return (
      <main className={styles.screen} role="alert">
        <EmptyState
          icon={<CircleAlert />}
          title="This window ran into an error"
          actions={
            <>
              <Button variant="primary" onClick={() => location.reload()}>
                Reload the window
              </Button>
              <Button
                onClick={() => {
                  location.hash = '#/'
                  location.reload()
                }}
              >
                Go to the start
              </Button>
            </>
          }
        >
          Your boards and the work of agents are safe: they are kept by the app, not by this window.
          <pre className={styles.detail}>{error instanceof Error ? error.message : String(error)}</pre>
        </EmptyState>
      </main>
    )
  }
}

import { CircleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { texts } from '../lib/texts/texts.ts'
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
          title={texts.app.windowRanIntoError}
          actions={
            <>
              <Button variant="primary" onClick={() => location.reload()}>
                {texts.app.reloadWindow}
              </Button>
              <Button
                onClick={() => {
                  location.hash = '#/'
                  location.reload()
                }}
              >
                {texts.app.goStart}
              </Button>
            </>
          }
        >
          {texts.app.yourBoardsAndWork}
          <pre className={styles.detail}>{error instanceof Error ? error.message : String(error)}</pre>
        </EmptyState>
      </main>
    )
  }
}

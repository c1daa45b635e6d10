import clsx from 'clsx'
import { CircleAlert } from 'lucide-react'
import type { ReactNode } from 'react'
import { errorText } from '../lib/error-text.ts'
import type { Tone } from '../lib/execution-state.ts'
import { texts } from '../lib/texts/texts.ts'
import { Button } from './button.tsx'
import styles from './notice.module.css'

interface EmptyStateProps {
  icon?: ReactNode
  title: string
  children?: ReactNode
  actions?: ReactNode
}

/** What stands where nothing is: what it is for, and how to begin. */
export function EmptyState({ icon, title, children, actions }: EmptyStateProps) {
  return (
    <div className={styles.empty}>
      {icon && <span className={styles.emptyIcon}>{icon}</span>}
      <h2 className={styles.emptyTitle}>{title}</h2>
      {children && <div className={styles.emptyText}>{children}</div>}
      {actions && <div className={styles.actions}>{actions}</div>}
    </div>
  )
}

interface ErrorStateProps {
  title: string
  error: unknown
  onRetry?: (() => void) | undefined
}

/** What stands where something could not be read. */
export function ErrorState({ title, error, onRetry }: ErrorStateProps) {
  return (
    <div role="alert">
      <EmptyState
        icon={<CircleAlert />}
        title={title}
        actions={onRetry && <Button onClick={onRetry}>{texts.ui.tryAgain}</Button>}
      >
        {errorText(error)}
      </EmptyState>
    </div>
  )
}

interface CalloutProps {
  tone: Tone
  /** What has gone wrong just now is read out at once. */
  role?: 'alert'
  icon?: ReactNode
  title?: ReactNode
  children?: ReactNode
  actions?: ReactNode
}

/** A remark inside a view, in the colour of its meaning. */
export function Callout({ tone, role, icon, title, children, actions }: CalloutProps) {
  return (
    <div className={clsx(styles.callout, styles[tone])} role={role}>
      {icon && <span className={styles.calloutIcon}>{icon}</span>}
      <div className={styles.calloutContent}>
        <div className={styles.calloutText}>
          {title && <div className={styles.calloutTitle}>{title}</div>}
          {children && <div>{children}</div>}
        </div>
        {actions && <div className={styles.calloutActions}>{actions}</div>}
      </div>
    </div>
  )
}

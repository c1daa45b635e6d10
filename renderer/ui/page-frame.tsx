import type { ReactNode } from 'react'
import styles from './page-frame.module.css'

interface PageFrameProps {
  /** Its name for those who hear the page. */
  label?: string
  /** At most so many CSS pixels wide; the content stands in the middle. */
  width: number
  /** Between its parts, in CSS pixels of the spacing scale. */
  gap?: 16 | 20 | 32
  isBusy?: boolean
  children: ReactNode
}

/** A page beside the side bar: it scrolls by itself. */
export function PageFrame({ label, width, gap = 16, isBusy, children }: PageFrameProps) {
  return (
    <main className={styles.page} aria-label={label} aria-busy={isBusy}>
      <div className={styles.content} style={{ maxWidth: width, gap: `var(--space-${gap})` }}>
        {children}
      </div>
    </main>
  )
}

/** The title of a page, with what can be done with all of it at the other end of the line. */
export function PageHead({ title, children }: { title: string; children: ReactNode }) {
  return (
    <header className={styles.head}>
      <PageTitle>{title}</PageTitle>
      {children}
    </header>
  )
}

export function PageTitle({ children }: { children: ReactNode }) {
  return <h1 className={styles.title}>{children}</h1>
}

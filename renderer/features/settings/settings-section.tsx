import type { ReactNode } from 'react'
import styles from './settings-page.module.css'

/** A titled group of settings. */
export function SettingsSection({
  title,
  hint,
  action,
  children,
}: {
  title: string
  hint?: ReactNode
  action?: ReactNode
  children: ReactNode
}) {
  return (
    <section className={styles.section} aria-label={title}>
      <div className={styles.sectionHead}>
        <h2>{title}</h2>
        {action}
      </div>
      {hint && <p className={styles.hint}>{hint}</p>}
      <div className={styles.box}>{children}</div>
    </section>
  )
}

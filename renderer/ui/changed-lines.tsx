import type { ReactNode } from 'react'
import styles from './changed-lines.module.css'

interface ChangedLinesProps {
  path: ReactNode
  additions: number
  deletions: number
  /** Between both. */
  children?: ReactNode
}

/** A file that changed and by how many lines, as parts of a row. */
export function ChangedLines({ path, additions, deletions, children }: ChangedLinesProps) {
  return (
    <>
      <span className={styles.path}>{path}</span>
      {children}
      <span className={styles.added}>+{additions}</span>
      <span className={styles.removed}>−{deletions}</span>
    </>
  )
}

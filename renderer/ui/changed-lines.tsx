import styles from './changed-lines.module.css'

interface ChangedLinesProps {
  path: string
  additions: number
  deletions: number
}

/** A file that changed and by how many lines, as parts of a row. */
export function ChangedLines({ path, additions, deletions }: ChangedLinesProps) {
  return (
    <>
      <span className={styles.path}>{path}</span>
      <span className={styles.added}>+{additions}</span>
      <span className={styles.removed}>−{deletions}</span>
    </>
  )
}

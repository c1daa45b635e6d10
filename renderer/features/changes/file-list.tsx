import { texts } from '../../lib/texts/texts.ts'
import styles from './file-list.module.css'

/** Longer lists scroll. */
const IN_SIGHT = 8

/** Names of files that a merge or its revert is about. */
export function FileList({ files }: { files: readonly string[] }) {
  return (
    <ul
      className={styles.files}
      aria-label={texts.changes.changedFiles}
      // What scrolls must be reached with the keyboard.
      tabIndex={files.length > IN_SIGHT ? 0 : undefined}
    >
      {files.map((file) => (
        <li key={file}>{file}</li>
      ))}
    </ul>
  )
}

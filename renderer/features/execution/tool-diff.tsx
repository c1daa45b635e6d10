import styles from './tool-diff.module.css'

/** A change as an agent asked for it, line by line. */
export function ToolDiff({ diff }: { diff: string }) {
  return (
    <pre className={styles.diff}>
      {diff.split('\n').map((line, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a diff never change
        <span key={index} className={styles.line} data-mark={markOf(line)}>
          {line}
          {'\n'}
        </span>
      ))}
    </pre>
  )
}

function markOf(line: string): string | undefined {
  if (line.startsWith('@@') || line.startsWith('+++') || line.startsWith('---')) return 'head'
  if (line.startsWith('+')) return 'added'
  return line.startsWith('-') ? 'removed' : undefined
}

import type { Column } from '#shared/column.ts'
import styles from './column.module.css'
import { useDropIndex } from './drag-store.ts'

interface DropLineProps {
  column: Column
  count: number
  /** Pixels from the top of the list to the gap before a place. */
  offsetOf: (index: number) => number
}

/** Where the dragged card would go. With each place only this is drawn anew. */
export function DropLine({ column, count, offsetOf }: DropLineProps) {
  const index = useDropIndex(column, count)
  if (index === null) return null
  return (
    <li
      aria-hidden="true"
      className={styles.line}
      style={{ transform: `translateY(${offsetOf(index)}px)` }}
    />
  )
}

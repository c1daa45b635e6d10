import type { MarkedText } from '#shared/search.ts'
import styles from './search-page.module.css'

/** A text with the words in it that were looked for. */
export function Marked({ text: { text, marks } }: { text: MarkedText }) {
  const parts = marks.flatMap(([start, end], index) => [
    text.slice(marks[index - 1]?.[1] ?? 0, start),
    <mark key={start} className={styles.mark}>
      {text.slice(start, end)}
    </mark>,
  ])
  return (
    <>
      {parts}
      {text.slice(marks.at(-1)?.[1] ?? 0)}
    </>
  )
}

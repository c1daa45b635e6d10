import type { ImportNote } from '#shared/board-transfer.ts'
import { formatWhole } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import styles from './import-result.module.css'

/** What is not as it was in a file, each with the cards that it concerns. */
export function ImportNotes({ title, notes }: { title: string; notes: readonly ImportNote[] }) {
  if (notes.length === 0) return null
  return (
    <section className={styles.notes} aria-label={title}>
      <h3 className={styles.heading}>{title}</h3>
      <ul className={styles.list}>
        {notes.map((note) => (
          <li key={note.text}>
            <Note note={note} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Note({ note: { text, count, items } }: { note: ImportNote }) {
  const line = (
    <>
      <span className={styles.text}>{text}</span>
      <span className={styles.count}>{formatWhole(count)}</span>
    </>
  )
  if (items.length === 0) return <div className={styles.line}>{line}</div>
  return (
    <details className={styles.note}>
      <summary className={styles.line}>{line}</summary>
      <ul className={styles.items}>
        {items.map((item, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: titles may repeat, and the list never changes
          <li key={index}>{item}</li>
        ))}
        {count > items.length && <li>{texts.importBoard.andMore(count - items.length)}</li>}
      </ul>
    </details>
  )
}

import { CircleCheck } from 'lucide-react'
import type { ImportedBoard, ImportNote } from '#shared/board-transfer.ts'
import type { BoardId } from '#shared/ids.ts'
import { formatWhole, plural } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { KeyBadge } from '../../ui/key-badge.tsx'
import styles from './import-result.module.css'

interface ImportResultProps {
  result: ImportedBoard
  onClose: () => void
  onOpen: (id: BoardId) => void
}

/** What became of an import: the new board, and all that is not as it was in the file. */
export function ImportResult({ result, onClose, onOpen }: ImportResultProps) {
  const { board, cards, columns, notes } = result
  return (
    <Dialog
      title="The board was imported"
      onClose={onClose}
      onSubmit={() => onOpen(board.id)}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Close
          </Button>
          <Button type="submit" variant="primary">
            Open board
          </Button>
        </>
      }
    >
      <p className={styles.board}>
        <KeyBadge text={board.key} />
        <strong className={styles.name}>{board.name}</strong>
        <span className={styles.counts}>
          {plural(cards, 'card')} in {plural(columns, 'column')}
        </span>
      </p>
      {notes.length === 0 ? (
        <p className={styles.all}>
          <CircleCheck /> All of it came along.
        </p>
      ) : (
        <section className={styles.notes} aria-label="What is not as it was in the file">
          <h3 className={styles.heading}>Not as it was in the file</h3>
          <ul className={styles.list}>
            {notes.map((note) => (
              <li key={note.text}>
                <Note note={note} />
              </li>
            ))}
          </ul>
        </section>
      )}
    </Dialog>
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
        {count > items.length && <li>and {formatWhole(count - items.length)} more</li>}
      </ul>
    </details>
  )
}

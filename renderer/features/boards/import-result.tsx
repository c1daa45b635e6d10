import { CircleCheck } from 'lucide-react'
import type { ImportedBoard } from '#shared/board-transfer.ts'
import type { BoardId } from '#shared/ids.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { KeyBadge } from '../../ui/key-badge.tsx'
import { ImportNotes } from './import-notes.tsx'
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
      title={texts.importBoard.boardImported}
      onClose={onClose}
      onSubmit={() => onOpen(board.id)}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {texts.importBoard.close}
          </Button>
          <Button type="submit" variant="primary">
            {texts.importBoard.openBoard}
          </Button>
        </>
      }
    >
      <p className={styles.board}>
        <KeyBadge text={board.key} />
        <strong className={styles.name}>{board.name}</strong>
        <span className={styles.counts}>{texts.importBoard.cardInColumn(cards, columns)}</span>
      </p>
      {notes.length === 0 ? (
        <p className={styles.all}>
          <CircleCheck /> {texts.importBoard.allCameAlong}
        </p>
      ) : (
        <ImportNotes title={texts.importBoard.notAsInFile} notes={notes} />
      )}
    </Dialog>
  )
}

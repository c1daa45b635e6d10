import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import styles from './undo-question.module.css'

/** What a person is asked before something is undone, or done again. */
export interface Question {
  title: string
  text: string
  /** What stands in the way, a line for each card. */
  lines?: readonly string[]
  confirm: string
  answer: (isConfirmed: boolean) => void
}

const MOST_LINES = 8

export function UndoQuestion({ question }: { question: Question }) {
  const { title, text, lines = [], confirm, answer } = question
  const more = lines.length - MOST_LINES
  return (
    <Dialog
      role="alertdialog"
      width="narrow"
      title={title}
      description={text}
      onClose={() => answer(false)}
      onSubmit={() => answer(true)}
      footer={
        <>
          <Button variant="ghost" onClick={() => answer(false)}>
            {texts.undo.leave}
          </Button>
          <Button type="submit" variant="primary" autoFocus>
            {confirm}
          </Button>
        </>
      }
    >
      {lines.length > 0 && (
        <ul className={styles.lines}>
          {lines.slice(0, MOST_LINES).map((line) => (
            <li key={line}>{line}</li>
          ))}
          {more > 0 && <li>{texts.undo.andMore(more)}</li>}
        </ul>
      )}
    </Dialog>
  )
}

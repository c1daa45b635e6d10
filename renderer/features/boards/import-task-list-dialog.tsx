import { ListChecks } from 'lucide-react'
import type { Board } from '#shared/board.ts'
import type { TaskListPreview } from '#shared/task-list.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import styles from './import-board-dialog.module.css'
import { FoundFile, fileName, ReadingFile, RefusedFile } from './import-file.tsx'
import { ImportNotes } from './import-notes.tsx'
import { isAboveLimit, type TaskListStep, useTaskList } from './use-task-list.ts'

interface ImportTaskListDialogProps {
  board: Pick<Board, 'id' | 'name'>
  path: string
  onClose: () => void
}

/** What is in a task list, and where its cards would go; then it is imported, or not. */
export function ImportTaskListDialog({ board, path, onClose }: ImportTaskListDialogProps) {
  const { state, pickOther, start } = useTaskList(board, path, onClose)
  const preview = 'preview' in state ? state.preview : null
  const isImporting = state.step === 'importing'
  const mustForce = state.step === 'found' && isAboveLimit(state.error)
  const importIt = () => preview && !isImporting && void start(preview, mustForce)
  return (
    <Dialog
      title={texts.importBoard.importTaskListInto(board.name)}
      onClose={onClose}
      onSubmit={importIt}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {texts.importBoard.cancel}
          </Button>
          {state.step === 'refused' ? (
            <Button type="submit" variant="primary" onClick={() => void pickOther()}>
              {texts.importBoard.chooseAnotherFile}
            </Button>
          ) : (
            <Button type="submit" variant="primary" disabled={!preview} isBusy={isImporting}>
              {mustForce ? texts.importBoard.importAboveLimit : importText(preview)}
            </Button>
          )}
        </>
      }
    >
      <FileState state={state} />
      {preview && <Preview preview={preview} />}
    </Dialog>
  )
}

function FileState({ state }: { state: TaskListStep }) {
  if (state.step === 'reading') return <ReadingFile path={state.path} />
  const error = 'error' in state ? state.error : null
  if (error === null) return null
  const title =
    state.step === 'refused'
      ? texts.importBoard.cannotImported(fileName(state.path))
      : texts.importBoard.listNotImported
  return <RefusedFile title={title} error={error} />
}

function Preview({ preview }: { preview: TaskListPreview }) {
  const { cards, titles, notes, path } = preview
  return (
    <>
      <FoundFile
        icon={<ListChecks className={styles.icon} />}
        name={texts.importBoard.cardCount(cards)}
        facts={whereText(preview)}
        path={path}
      />
      <ul className={styles.titles} aria-label={texts.importBoard.firstCards}>
        {titles.map((title, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: titles may repeat, and the list never changes
          <li key={index}>{title}</li>
        ))}
        {cards > titles.length && <li>{texts.importBoard.moreCards(cards - titles.length)}</li>}
      </ul>
      <ImportNotes title={texts.importBoard.notAsInList} notes={notes} />
    </>
  )
}

function whereText({ cards, done, links, new_labels, column, end_column }: TaskListPreview): string {
  const open = cards - (end_column ? done : 0)
  const places = [
    open > 0 && texts.importBoard.openTo(open, column),
    end_column && done > 0 && texts.importBoard.doneTo(done, end_column),
  ].filter(Boolean)
  const more = [
    links > 0 && texts.importBoard.dependencys(links),
    new_labels.length > 0 && texts.importBoard.newLabel(new_labels.length, new_labels.slice(0, 5).join(', ')),
  ].filter(Boolean)
  return [places.join(', '), ...more].join('; ')
}

function importText(preview: TaskListPreview | null): string {
  return preview ? texts.importBoard.importCard(preview.cards) : texts.importBoard.import
}

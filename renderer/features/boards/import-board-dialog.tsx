import { useQuery } from '@tanstack/react-query'
import { FileJson } from 'lucide-react'
import { useState } from 'react'
import type { ClosedChoice, ImportPreview } from '#shared/board-transfer.ts'
import type { BoardId, ProjectId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import { Select } from '../../ui/select.tsx'
import styles from './import-board-dialog.module.css'
import { FoundFile, fileName, ReadingFile, RefusedFile } from './import-file.tsx'
import { ImportResult } from './import-result.tsx'
import { type ImportProgress, type ImportStep, useImportBoard } from './use-import-board.ts'

interface ImportBoardDialogProps {
  path: string
  onClose: () => void
  onOpened: (id: BoardId) => void
}

/** What is in the file, what to do with it, and what became of it. */
export function ImportBoardDialog({ path, onClose, onOpened }: ImportBoardDialogProps) {
  const { state, pickOther, start, stop } = useImportBoard(path)
  const [closed, setClosed] = useState<ClosedChoice>('leave_out')
  const [projectId, setProjectId] = useState<ProjectId | 'none'>('none')
  if (state.step === 'done') return <ImportResult result={state.result} onClose={onClose} onOpen={onOpened} />
  const preview = 'preview' in state ? state.preview : null
  const isImporting = state.step === 'importing'
  const choice = { closed, project_id: projectId === 'none' ? null : projectId }
  const leave = () => (isImporting && preview ? stop(preview) : onClose())
  const importIt = () => preview && !isImporting && void start(preview, choice)
  return (
    <Dialog
      title={texts.importBoard.importBoard}
      onClose={leave}
      onSubmit={importIt}
      footer={
        <>
          <Button variant="ghost" onClick={leave}>
            {texts.importBoard.cancel}
          </Button>
          {state.step === 'refused' ? (
            <Button type="submit" variant="primary" onClick={() => void pickOther()}>
              {texts.importBoard.chooseAnotherFile}
            </Button>
          ) : (
            <Button type="submit" variant="primary" disabled={!preview} isBusy={isImporting}>
              {texts.importBoard.import}
            </Button>
          )}
        </>
      }
    >
      <FileState state={state} />
      {preview && (
        <fieldset className={styles.choices} disabled={isImporting}>
          <Field label={texts.importBoard.project} hint={texts.importBoard.agentsWorkOnFiles}>
            {({ id }) => <ProjectSelect id={id} value={projectId} onChange={setProjectId} />}
          </Field>
          {preview.closed_cards + preview.closed_columns > 0 && (
            <Field label={texts.importBoard.whatArchivedInTrello} hint={closedHint(preview)}>
              {() => (
                <div>
                  <Segmented
                    label={texts.importBoard.whatArchivedInTrello}
                    value={closed}
                    onChange={setClosed}
                    choices={[
                      { value: 'leave_out', label: texts.importBoard.leaveOut },
                      { value: 'trash', label: texts.importBoard.putIntoTrash },
                    ]}
                  />
                </div>
              )}
            </Field>
          )}
        </fieldset>
      )}
      {state.step === 'importing' && state.progress && <Progress progress={state.progress} />}
    </Dialog>
  )
}

function FileState({ state }: { state: Exclude<ImportStep, { step: 'done' }> }) {
  if (state.step === 'reading') return <ReadingFile path={state.path} />
  if (state.step === 'refused') {
    return <RefusedFile title={texts.importBoard.cannotImported(fileName(state.path))} error={state.error} />
  }
  const { source, name, columns, cards, path } = state.preview
  return (
    <>
      {state.step === 'found' && state.error !== null && (
        <RefusedFile title={texts.importBoard.boardNotImported} error={state.error} />
      )}
      <FoundFile
        icon={<FileJson className={styles.icon} />}
        name={name}
        facts={texts.importBoard.cardInColumnExported(cards, columns, source === 'trello')}
        path={path}
      />
    </>
  )
}

interface ProjectSelectProps {
  id: string
  value: ProjectId | 'none'
  onChange: (value: ProjectId | 'none') => void
}

function ProjectSelect({ id, value, onChange }: ProjectSelectProps) {
  const projects = useQuery({ queryKey: keys.projects, queryFn: () => api.projects.list.query() })
  return (
    <Select
      id={id}
      label={texts.importBoard.project}
      value={value}
      onChange={onChange}
      choices={[
        { value: 'none', label: texts.importBoard.noProject },
        ...(projects.data ?? []).map((one) => ({ value: one.id, label: one.name, hint: one.path })),
      ]}
    />
  )
}

function Progress({ progress: { phase, done, total } }: { progress: ImportProgress }) {
  const text =
    phase === 'writing'
      ? texts.importBoard.cardWritten(done, total)
      : texts.importBoard.readingFile(total > 0 ? Math.floor((done / total) * 100) : 0)
  return (
    <div className={styles.progress}>
      <progress
        className={styles.bar}
        value={done}
        max={Math.max(total, 1)}
        aria-label={texts.importBoard.progressImport}
      />
      <span>{text}</span>
    </div>
  )
}

function closedHint({ closed_columns, closed_cards }: ImportPreview): string {
  const parts = [
    closed_columns > 0 ? texts.importBoard.lists(closed_columns) : '',
    closed_cards > 0 ? texts.importBoard.cards(closed_cards) : '',
  ]
  return texts.importBoard.fileArchived(
    parts.filter(Boolean).join(texts.importBoard.and),
    closed_columns + closed_cards,
  )
}

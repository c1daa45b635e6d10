import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import type { BoardId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { CommandFields, type CommandTexts, commandTexts, hasTooLong } from '../../ui/command-fields.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { Callout } from '../../ui/notice.tsx'
import { Spinner } from '../../ui/spinner.tsx'
import { FolderFacts } from './folder-facts.tsx'
import styles from './open-folder-dialog.module.css'
import { useOpenFolder } from './use-open-folder.ts'

interface OpenFolderDialogProps {
  onClose: () => void
  onOpened: (id: BoardId) => void
}

/** Opens a folder as a project: by the system's dialog or by its path, after a look at what is in it. */
export function OpenFolderDialog({ onClose, onOpened }: OpenFolderDialogProps) {
  const { state, look, pick, open, cancel } = useOpenFolder(onOpened)
  if (state.step === 'found' || state.step === 'opening') {
    return (
      <FoundDialog
        key={state.report.path}
        state={state}
        onBack={cancel}
        onClose={onClose}
        onOpen={(commands) => void open(state.report, commands)}
      />
    )
  }
  return (
    <ChooseDialog
      path={state.step === 'looking' ? state.path : null}
      error={state.step === 'choose' ? state.error : null}
      onPick={() => void pick()}
      onLook={(path) => void look(path)}
      onCancel={cancel}
      onClose={onClose}
    />
  )
}

interface ChooseDialogProps {
  /** The folder that is being looked at. */
  path: string | null
  error: unknown
  onPick: () => void
  onLook: (path: string) => void
  onCancel: () => void
  onClose: () => void
}

function ChooseDialog({ path, error, onPick, onLook, onCancel, onClose }: ChooseDialogProps) {
  const [text, setText] = useState(path ?? '')
  const isLooking = path !== null
  return (
    <Dialog
      title={texts.projects.openFolder}
      onClose={onClose}
      onSubmit={() => text.trim() !== '' && !isLooking && onLook(text.trim())}
      description={texts.projects.gitRepositoryBestEach}
      footer={
        isLooking ? (
          <Button onClick={onCancel}>{texts.projects.stopLooking}</Button>
        ) : (
          <>
            <Button variant="ghost" onClick={onClose}>
              {texts.projects.cancel}
            </Button>
            <Button type="submit" variant="primary" disabled={text.trim() === ''}>
              {texts.projects.continue}
            </Button>
          </>
        )
      }
    >
      <Field label={texts.projects.pathFolder} error={error ? errorText(error) : null}>
        {(attributes) => (
          <div className={styles.path}>
            <TextInput
              {...attributes}
              isMono
              value={text}
              disabled={isLooking}
              placeholder={texts.projects.homeYouProjectsShop}
              autoFocus
              onChange={(event) => setText(event.target.value)}
            />
            <Button className={styles.browse} icon={<FolderOpen />} disabled={isLooking} onClick={onPick}>
              {texts.projects.browse}
            </Button>
          </div>
        )}
      </Field>
      {isLooking && (
        <p className={styles.busy} role="status">
          <Spinner /> {texts.projects.looking(path)}
        </p>
      )}
    </Dialog>
  )
}

interface FoundDialogProps {
  state: Extract<ReturnType<typeof useOpenFolder>['state'], { step: 'found' | 'opening' }>
  onBack: () => void
  onClose: () => void
  onOpen: (commands: CommandTexts) => void
}

function FoundDialog({ state, onBack, onClose, onOpen }: FoundDialogProps) {
  const { report } = state
  const [commands, setCommands] = useState(() => commandTexts(report.proposed))
  const hasProposals = Object.values(report.proposed).some((command) => command !== null)
  const isOpening = state.step === 'opening'
  return (
    <Dialog
      title={texts.projects.open(nameOf(report.path))}
      onClose={onClose}
      onSubmit={() => !hasTooLong(commands) && onOpen(commands)}
      footer={
        <>
          <Button variant="ghost" onClick={onBack}>
            {isOpening ? texts.projects.cancel : texts.projects.back}
          </Button>
          <Button
            type="submit"
            variant="primary"
            isBusy={isOpening}
            disabled={hasTooLong(commands)}
            autoFocus
          >
            {isOpening ? texts.projects.opening : texts.projects.openNow}
          </Button>
        </>
      }
    >
      {state.step === 'found' && state.error !== null && (
        <Callout tone="bad" role="alert">
          {errorText(state.error)}
        </Callout>
      )}
      <FolderFacts report={report} />
      <p className={styles.note}>
        {hasProposals ? texts.projects.theseCommandsFound : texts.projects.noCommandsFound}
      </p>
      <CommandFields values={commands} onChange={setCommands} />
    </Dialog>
  )
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}

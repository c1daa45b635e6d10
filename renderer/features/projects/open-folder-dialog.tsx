import { FolderOpen } from 'lucide-react'
import { useState } from 'react'
import type { BoardId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { CommandFields, type CommandTexts, commandTexts } from '../../ui/command-fields.tsx'
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
      title="Open a folder"
      onClose={onClose}
      onSubmit={() => text.trim() !== '' && !isLooking && onLook(text.trim())}
      description="A git repository is best: each card then gets a branch and a worktree of its own. Looking at it changes nothing."
      footer={
        isLooking ? (
          <Button onClick={onCancel}>Stop looking</Button>
        ) : (
          <>
            <Button variant="ghost" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" variant="primary" disabled={text.trim() === ''}>
              Continue
            </Button>
          </>
        )
      }
    >
      <Field label="Path of the folder" error={error ? errorText(error) : null}>
        {(attributes) => (
          <div className={styles.path}>
            <TextInput
              {...attributes}
              isMono
              value={text}
              disabled={isLooking}
              placeholder="/home/you/projects/shop"
              autoFocus
              onChange={(event) => setText(event.target.value)}
            />
            <Button className={styles.browse} icon={<FolderOpen />} disabled={isLooking} onClick={onPick}>
              Browse…
            </Button>
          </div>
        )}
      </Field>
      {isLooking && (
        <p className={styles.busy} role="status">
          <Spinner /> Looking at {path}…
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
      title={`Open “${nameOf(report.path)}”`}
      onClose={onClose}
      onSubmit={() => onOpen(commands)}
      footer={
        <>
          <Button variant="ghost" onClick={onBack}>
            {isOpening ? 'Cancel' : 'Back'}
          </Button>
          <Button type="submit" variant="primary" isBusy={isOpening} autoFocus>
            {isOpening ? 'Opening…' : 'Open'}
          </Button>
        </>
      }
    >
      {state.step === 'found' && state.error !== null && (
        <Callout tone="bad">{errorText(state.error)}</Callout>
      )}
      <FolderFacts report={report} />
      <p className={styles.note}>
        {hasProposals
          ? 'These commands were found in the project. They are run in copies of it, never in your folder; change them or leave them empty.'
          : 'No commands were found in the project. With them the app prepares, checks and starts results; you can add them later.'}
      </p>
      <CommandFields values={commands} onChange={setCommands} />
    </Dialog>
  )
}

function nameOf(path: string): string {
  return path.split(/[\\/]/).findLast((part) => part !== '') ?? path
}

import clsx from 'clsx'
import { type KeyboardEvent, useState } from 'react'
import type { Task } from '#shared/task.ts'
import { useDraft, writeDraft } from '../../lib/drafts.ts'
import { formatWhole } from '../../lib/format.ts'
import { mergeEdit } from '../../lib/merge-edit.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import { Callout } from '../../ui/notice.tsx'
import { showToast } from '../../ui/toast.tsx'
import type { SaveTask } from './save-task.ts'
import styles from './task.module.css'
import { useChanger } from './use-changer.ts'

const LONGEST = 5_000
/** From here on the number of characters is shown. */
const NEAR = 4_500

interface DescriptionFieldProps {
  task: Task
  onSave: SaveTask
}

/** What agents are asked to do, in Markdown; a press opens it for writing. Closing the card loses nothing of it. */
export function DescriptionField({ task, onSave }: DescriptionFieldProps) {
  const written = useDraft(task.id, 'description')
  const [isSaving, setSaving] = useState(false)
  const begin = () => writeDraft(task.id, 'description', { base: task, text: task.description ?? '' })
  if (written === null) return <ReadDescription text={task.description} onEdit={begin} />

  const isUntouched = written.text === (written.base.description ?? '')
  // Who has written nothing yet writes over what is there now.
  const draft = isUntouched ? { base: task, text: task.description ?? '' } : written
  const { base, text } = draft
  const isTooLong = text.length > LONGEST
  const mine = { description: text.trim() === '' ? null : text }
  const isOvertaken = mergeEdit({ base, mine }, task).conflicts.length > 0
  const save = async () => {
    if (isTooLong || isSaving) return
    setSaving(true)
    if (isUntouched) writeDraft(task.id, 'description', null)
    else await onSave({ base, mine })
    setSaving(false)
  }
  const giveUp = () => {
    writeDraft(task.id, 'description', null)
    if (isUntouched) return
    const action = { label: 'Undo', run: () => writeDraft(task.id, 'description', draft) }
    showToast({ title: 'What you wrote was thrown away', text: task.title, action })
  }
  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape' && isUntouched) giveUp()
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
  }
  return (
    <div className={styles.editor}>
      {isOvertaken && (
        <Overtaken task={task} isDisabled={isTooLong || isSaving} onCompare={() => void save()} />
      )}
      <TextArea
        aria-label="Description"
        className={styles.area}
        value={text}
        placeholder="What should be different when this is done? Markdown works."
        autoFocus
        readOnly={isSaving}
        onChange={(event) => writeDraft(task.id, 'description', { base, text: event.target.value })}
        onKeyDown={handleKey}
        aria-invalid={isTooLong}
      />
      <div className={styles.editorFoot}>
        <Button
          size="small"
          variant="primary"
          isBusy={isSaving}
          disabled={isTooLong}
          onClick={() => void save()}
        >
          Save
        </Button>
        <Button size="small" variant="ghost" disabled={isSaving} onClick={giveUp}>
          Cancel
        </Button>
        <span className={styles.spacer} />
        <Counter length={text.length} isTooLong={isTooLong} />
      </div>
    </div>
  )
}

interface OvertakenProps {
  task: Task
  isDisabled: boolean
  onCompare: () => void
}

/** Tells the writer that there is another version by now. */
function Overtaken({ task, isDisabled, onCompare }: OvertakenProps) {
  const changer = useChanger(task, 'description')
  const compare = (
    <Button size="small" disabled={isDisabled} onClick={onCompare}>
      Compare…
    </Button>
  )
  return (
    <div role="status">
      <Callout tone="warn" actions={compare}>
        {changer?.name ?? 'Somebody'} changed this description while you were writing.
      </Callout>
    </div>
  )
}

function Counter({ length, isTooLong }: { length: number; isTooLong: boolean }) {
  if (length <= NEAR) {
    return (
      <span className={styles.counter}>
        <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd> saves
      </span>
    )
  }
  return (
    <span
      className={clsx(styles.counter, isTooLong && styles.tooLong)}
      role={isTooLong ? 'alert' : undefined}
    >
      {formatWhole(length)} of {formatWhole(LONGEST)} characters
    </span>
  )
}

function ReadDescription({ text, onEdit }: { text: string | null; onEdit: () => void }) {
  if (text === null || text.trim() === '') {
    return (
      <button type="button" className={styles.addDescription} onClick={onEdit}>
        Add a description…
      </button>
    )
  }
  return (
    <div className={styles.read}>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the button behind it is the way of the keyboard */}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: as above */}
      <div
        className={styles.description}
        onClick={(event) => {
          const isLink = event.target instanceof Element && event.target.closest('a')
          if (!isLink && String(getSelection()) === '') onEdit()
        }}
      >
        <Markdown text={text} />
      </div>
      <button type="button" className={styles.edit} onClick={onEdit}>
        Edit description
      </button>
    </div>
  )
}

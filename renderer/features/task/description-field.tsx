import clsx from 'clsx'
import { type KeyboardEvent, useState } from 'react'
import type { TaskId } from '#shared/ids.ts'
import { formatWhole } from '../../lib/format.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea } from '../../ui/field.tsx'
import { Kbd } from '../../ui/kbd.tsx'
import { Markdown } from '../../ui/markdown.tsx'
import styles from './task.module.css'

const LONGEST = 5_000
/** From here on the number of characters is shown. */
const NEAR = 4_500

/** What was written but not saved, by card: closing the card or looking at another view of it loses nothing. */
const drafts = new Map<TaskId, string>()

interface DescriptionFieldProps {
  taskId: TaskId
  text: string | null
  onSave: (text: string | null) => Promise<boolean>
}

/** What agents are asked to do, in Markdown; a press opens it for writing. */
export function DescriptionField({ taskId, text, onSave }: DescriptionFieldProps) {
  const [draft, set] = useState<string | null>(drafts.get(taskId) ?? null)
  const [isSaving, setSaving] = useState(false)
  const setDraft = (next: string | null) => {
    if (next === null) drafts.delete(taskId)
    else drafts.set(taskId, next)
    set(next)
  }
  if (draft === null) return <ReadDescription text={text} onEdit={() => setDraft(text ?? '')} />

  const isTooLong = draft.length > LONGEST
  const save = async () => {
    if (isTooLong || isSaving) return
    const next = draft.trim() === '' ? null : draft
    if (next === text) {
      setDraft(null)
      return
    }
    setSaving(true)
    const isSaved = await onSave(next)
    setSaving(false)
    if (isSaved) setDraft(null)
  }
  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Escape' && draft === (text ?? '')) setDraft(null)
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void save()
  }
  return (
    <div className={styles.editor}>
      <TextArea
        aria-label="Description"
        className={styles.area}
        value={draft}
        placeholder="What should be different when this is done? Markdown works."
        autoFocus
        onChange={(event) => setDraft(event.target.value)}
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
        <Button size="small" variant="ghost" onClick={() => setDraft(null)}>
          Cancel
        </Button>
        <span className={styles.spacer} />
        {draft.length > NEAR ? (
          <span
            className={clsx(styles.counter, isTooLong && styles.tooLong)}
            role={isTooLong ? 'alert' : undefined}
          >
            {formatWhole(draft.length)} of {formatWhole(LONGEST)} characters
          </span>
        ) : (
          <span className={styles.counter}>
            <Kbd>Ctrl</Kbd> <Kbd>Enter</Kbd> saves
          </span>
        )}
      </div>
    </div>
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

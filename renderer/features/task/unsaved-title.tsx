import { useState } from 'react'
import type { Task } from '#shared/task.ts'
import { useDraft, writeDraft } from '../../lib/drafts.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Callout } from '../../ui/notice.tsx'
import type { SaveTask } from './save-task.ts'

/** A title that was written but could not be saved, or was not decided on. */
export function UnsavedTitle({ task, onSave }: { task: Task; onSave: SaveTask }) {
  const draft = useDraft(task.id, 'title')
  const [isSaving, setSaving] = useState(false)
  if (!draft) return null
  const save = async () => {
    setSaving(true)
    await onSave({ base: draft.base, mine: { title: draft.text } })
    setSaving(false)
  }
  return (
    <Callout
      tone="warn"
      title={texts.task.yourTitleNotSaved}
      actions={
        <>
          <Button size="small" isBusy={isSaving} onClick={() => void save()}>
            {texts.task.save}
          </Button>
          <Button
            size="small"
            variant="ghost"
            disabled={isSaving}
            onClick={() => writeDraft(task.id, 'title', null)}
          >
            {texts.task.throwAway}
          </Button>
        </>
      }
    >
      “{draft.text}”
    </Callout>
  )
}

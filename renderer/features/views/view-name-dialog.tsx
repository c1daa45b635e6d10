import { useState } from 'react'
import { errorText } from '../../lib/error-text.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { isTooLong } from '../../ui/too-long.tsx'

interface ViewNameDialogProps {
  title: string
  name: string
  /** Rejects with the reason when the name cannot be taken. */
  onSave: (name: string) => Promise<unknown>
  onClose: () => void
}

const LONGEST = 100

/** How a view is called; all who use the board see it. */
export function ViewNameDialog({ title, name: before, onSave, onClose }: ViewNameDialogProps) {
  const [name, setName] = useState(before)
  const [isBusy, setBusy] = useState(false)
  const isRefused = name.trim() === '' || isTooLong(name, LONGEST)
  const [error, setError] = useState<string | null>(null)
  const save = async () => {
    if (isRefused || isBusy) return
    setBusy(true)
    try {
      await onSave(name.trim())
      onClose()
    } catch (reason) {
      setError(errorText(reason))
      setBusy(false)
    }
  }
  return (
    <Dialog
      title={title}
      width="narrow"
      onClose={onClose}
      onSubmit={() => void save()}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {texts.views.cancel}
          </Button>
          <Button type="submit" variant="primary" isBusy={isBusy} disabled={isRefused}>
            {texts.views.save}
          </Button>
        </>
      }
    >
      <Field label={texts.views.name} hint={texts.views.allWhoUseBoardSee} error={error}>
        {(attributes) => (
          <TextInput
            {...attributes}
            value={name}
            limit={LONGEST}
            placeholder={texts.views.suchAsMyOpenBugs}
            autoFocus
            onChange={(event) => {
              setName(event.target.value)
              setError(null)
            }}
          />
        )}
      </Field>
    </Dialog>
  )
}

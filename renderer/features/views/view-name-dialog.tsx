import { useState } from 'react'
import { errorText } from '../../lib/error-text.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'

interface ViewNameDialogProps {
  title: string
  name: string
  /** Rejects with the reason when the name cannot be taken. */
  onSave: (name: string) => Promise<unknown>
  onClose: () => void
}

/** How a view is called; all who use the board see it. */
export function ViewNameDialog({ title, name: before, onSave, onClose }: ViewNameDialogProps) {
  const [name, setName] = useState(before)
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<string | null>(null)
  const save = async () => {
    if (name.trim() === '' || isBusy) return
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
            Cancel
          </Button>
          <Button type="submit" variant="primary" isBusy={isBusy} disabled={name.trim() === ''}>
            Save
          </Button>
        </>
      }
    >
      <Field label="Name" hint="All who use this board see it." error={error}>
        {(attributes) => (
          <TextInput
            {...attributes}
            value={name}
            maxLength={100}
            placeholder="Such as My open bugs"
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

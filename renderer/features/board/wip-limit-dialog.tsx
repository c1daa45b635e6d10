import { useState } from 'react'
import type { Column } from '#shared/column.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { useBoardScope } from './board-context.ts'

/** How many cards a column should hold at most; more than that is marked, not forbidden. */
export function WipLimitDialog({ column, onClose }: { column: Column; onClose: () => void }) {
  const { actions } = useBoardScope()
  const [text, setText] = useState(column.wip_limit === null ? '' : String(column.wip_limit))
  const trimmed = text.trim()
  const error =
    trimmed === '' || /^\d{1,4}$/.test(trimmed) ? null : 'A whole number, or nothing for no limit.'
  const save = () => {
    if (error) return
    void actions.updateColumn({ id: column.id, wip_limit: trimmed === '' ? null : Number(trimmed) })
    onClose()
  }
  return (
    <Dialog
      title={`Card limit of “${column.name}”`}
      width="narrow"
      onClose={onClose}
      onSubmit={save}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            Cancel
          </Button>
          <Button type="submit" variant="primary" disabled={error !== null}>
            Save
          </Button>
        </>
      }
    >
      <Field label="At most" hint="Leave it empty for no limit." error={error}>
        {(attributes) => (
          <TextInput
            {...attributes}
            inputMode="numeric"
            placeholder="No limit"
            value={text}
            autoFocus
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}

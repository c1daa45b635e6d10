import { useState } from 'react'
import type { Column } from '#shared/column.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Field, TextInput } from '../../ui/field.tsx'
import { useBoardScope } from './board-context.ts'

/** How many cards a column should hold at most; more than that is marked, not forbidden. */
export function WipLimitDialog({ column, onClose }: { column: Column; onClose: () => void }) {
  const { actions } = useBoardScope()
  const [text, setText] = useState(column.wip_limit === null ? '' : String(column.wip_limit))
  const trimmed = text.trim()
  const error = trimmed === '' || /^\d{1,4}$/.test(trimmed) ? null : texts.columns.wholeNumberOrNothing
  const save = () => {
    if (error) return
    void actions.updateColumn({ id: column.id, wip_limit: trimmed === '' ? null : Number(trimmed) })
    onClose()
  }
  return (
    <Dialog
      title={texts.columns.cardLimitOf(column.name)}
      width="narrow"
      onClose={onClose}
      onSubmit={save}
      footer={
        <>
          <Button variant="ghost" onClick={onClose}>
            {texts.columns.cancel}
          </Button>
          <Button type="submit" variant="primary" disabled={error !== null}>
            {texts.columns.save}
          </Button>
        </>
      }
    >
      <Field label={texts.columns.atMost} hint={texts.columns.leaveEmptyForNoLimit} error={error}>
        {(attributes) => (
          <TextInput
            {...attributes}
            inputMode="numeric"
            placeholder={texts.columns.noLimit}
            value={text}
            autoFocus
            onChange={(event) => setText(event.target.value)}
          />
        )}
      </Field>
    </Dialog>
  )
}

import { useState } from 'react'
import type { LabelId } from '#shared/ids.ts'
import type { Label } from '#shared/label.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import { Select } from '../../ui/select.tsx'
import styles from './board-settings.module.css'

interface MergeLabelsProps {
  label: Label
  count: number
  others: readonly Label[]
  onMerge: (into: Label) => Promise<boolean>
  onClose: () => void
}

/** Asks into which label another one goes; it stands in the place of the list. */
export function MergeLabels({ label, count, others, onMerge, onClose }: MergeLabelsProps) {
  const [chosen, setChosen] = useState<LabelId | null>(others[0]?.id ?? null)
  const [isBusy, setBusy] = useState(false)
  const into = others.find(({ id }) => id === chosen)
  const said = texts.boardSettings
  return (
    <form
      className={styles.part}
      onSubmit={async (event) => {
        event.preventDefault()
        if (!into) return
        setBusy(true)
        if (await onMerge(into)) onClose()
        else setBusy(false)
      }}
    >
      <h3 className={styles.heading}>{said.mergeTitle(label.name)}</h3>
      <p className={styles.note}>{said.mergeText(label.name, count)}</p>
      <Field label={said.mergeInto}>
        {({ id }) => (
          <Select<string>
            id={id}
            label={said.mergeInto}
            value={chosen ?? ''}
            onChange={(value) => setChosen(others.find((one) => one.id === value)?.id ?? null)}
            choices={others.map((one) => ({ value: one.id, label: one.name }))}
          />
        )}
      </Field>
      <div className={styles.foot}>
        <Button variant="ghost" onClick={onClose}>
          {said.cancel}
        </Button>
        <Button type="submit" variant="danger" isBusy={isBusy} disabled={!into}>
          {said.merge}
        </Button>
      </div>
    </form>
  )
}

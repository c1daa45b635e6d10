import { Plus } from 'lucide-react'
import { useState } from 'react'
import { texts } from '../../lib/texts/texts.ts'
import { Button, IconButton } from '../../ui/button.tsx'
import { TextInput } from '../../ui/field.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import styles from './add-column.module.css'

interface AddColumnProps {
  isFirst: boolean
  onAdd: (name: string) => Promise<boolean>
}

const LONGEST = 255

/** A new column at the end of the board. */
export function AddColumn({ isFirst, onAdd }: AddColumnProps) {
  const [isOpen, setOpen] = useState(false)
  const [name, setName] = useState('')
  const [isBusy, setBusy] = useState(false)
  const isRefused = name.trim() === '' || isTooLong(name, LONGEST)
  if (!isOpen) {
    return isFirst ? (
      <Button icon={<Plus />} onClick={() => setOpen(true)}>
        {texts.columns.addColumn}
      </Button>
    ) : (
      <IconButton label={texts.columns.addColumn} className={styles.plus} onClick={() => setOpen(true)}>
        <Plus />
      </IconButton>
    )
  }
  const close = () => {
    setOpen(false)
    setName('')
  }
  const add = async () => {
    if (isRefused || isBusy) return
    setBusy(true)
    if (await onAdd(name.trim())) setName('')
    setBusy(false)
  }
  return (
    <form
      ref={showWhole}
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        void add()
      }}
    >
      <TextInput
        aria-label={texts.columns.nameNewColumn}
        placeholder={texts.columns.nameColumn}
        value={name}
        limit={LONGEST}
        readOnly={isBusy}
        autoFocus
        onChange={(event) => setName(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && !event.nativeEvent.isComposing) close()
        }}
      />
      <span className={styles.buttons}>
        <Button type="submit" variant="primary" size="small" disabled={isRefused} isBusy={isBusy}>
          {texts.columns.add}
        </Button>
        <Button variant="ghost" size="small" onClick={close}>
          {texts.columns.cancel}
        </Button>
      </span>
    </form>
  )
}

/** Once, when the form comes: its buttons too, not only the field that has the focus. */
function showWhole(form: HTMLFormElement | null): void {
  form?.scrollIntoView({ block: 'nearest', inline: 'end' })
}

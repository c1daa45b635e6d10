import { ChevronDown } from 'lucide-react'
import { Menu } from './menu.tsx'
import styles from './select.module.css'

export interface Choice<Value extends string> {
  value: Value
  label: string
  hint?: string
}

interface SelectProps<Value extends string> {
  label: string
  value: Value
  choices: readonly Choice<Value>[]
  onChange: (value: Value) => void
  id?: string
}

/** One of a few; a menu of choices behind a field. */
export function Select<Value extends string>({ label, value, choices, onChange, id }: SelectProps<Value>) {
  const chosen = choices.find((choice) => choice.value === value)
  return (
    <Menu
      entries={choices.map((choice) => ({
        label: choice.label,
        ...(choice.hint && { hint: choice.hint }),
        isChecked: choice.value === value,
        onSelect: () => onChange(choice.value),
      }))}
    >
      <button type="button" id={id} className={styles.select} aria-label={`${label}: ${chosen?.label ?? ''}`}>
        <span className={styles.value}>{chosen?.label ?? '—'}</span>
        <ChevronDown />
      </button>
    </Menu>
  )
}

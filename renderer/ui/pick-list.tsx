import clsx from 'clsx'
import { Check } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { foldText, fuzzyBest, fuzzyQuery, fuzzyScore } from '../lib/fuzzy.ts'
import { texts } from '../lib/texts/texts.ts'
import styles from './pick-list.module.css'

export interface PickOption {
  id: string
  label: string
  icon?: ReactNode
  hint?: string
  isChosen?: boolean
}

interface PickListProps {
  label: string
  options: readonly PickOption[]
  /** Several may be chosen, so each is ticked or not. */
  isMulti?: boolean
  onPick: (id: string) => void
  /** Backspace in the empty field: one step back. */
  onBack?: () => void
  foot?: ReactNode
  /** Finds them in place of `options`, where there are thousands. */
  find?: (text: string) => readonly PickOption[]
  /** Made of what was typed and offered below what was found, such as a new one of that name. */
  answer?: (text: string) => PickOption | null
}

/** More than these nobody reads; a few letters find the others. */
const SHOWN = 100

/** Options that are found by a few letters and picked by Enter; the focus stays in the field. */
export function PickList({
  label,
  options,
  isMulti = false,
  onPick,
  onBack,
  foot,
  find,
  answer,
}: PickListProps) {
  const id = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const list = useRef<HTMLDivElement>(null)
  const query = fuzzyQuery(text)
  const known = () => {
    const found = fuzzyBest(options, (option) => fuzzyScore(query, foldText(option.label)), SHOWN)
    return found.map(({ item }) => item)
  }
  const made = text.trim() === '' ? null : answer?.(text.trim())
  const shown = [...(find?.(text.trim()) ?? known()), ...(made ? [made] : [])]
  const active = shown[Math.min(at, shown.length - 1)]
  const elementId = (option: PickOption) => `${id}-${option.id}`

  const activeId = active && elementId(active)
  useEffect(() => {
    if (activeId) list.current?.querySelector(`[id="${activeId}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [activeId])

  const handleKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    const next = stepTo(event.key, at, shown.length - 1, text === '')
    if (next !== null) setAt(next)
    else if (event.key === 'Enter' && active) onPick(active.id)
    else if (event.key === 'Backspace' && text === '' && onBack) onBack()
    else return
    event.preventDefault()
  }

  return (
    <div className={styles.picker}>
      <input
        role="combobox"
        aria-expanded="true"
        aria-controls={`${id}-list`}
        aria-activedescendant={activeId}
        aria-autocomplete="list"
        aria-label={label}
        placeholder={`${label}…`}
        className={styles.input}
        spellCheck={false}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the person has just opened it to choose
        autoFocus
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={handleKey}
      />
      <div
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        aria-multiselectable={isMulti || undefined}
        tabIndex={-1}
        className={styles.list}
      >
        {shown.map((option, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field has the focus and listens to the keys
          <div
            key={option.id}
            id={elementId(option)}
            role="option"
            tabIndex={-1}
            aria-selected={isMulti ? option.isChosen === true : option === active}
            className={clsx(styles.option, option === active && styles.active)}
            onPointerMove={() => index !== at && setAt(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(option.id)}
          >
            {option.icon && <span className={styles.icon}>{option.icon}</span>}
            <span className={styles.text}>{option.label}</span>
            {option.hint && <span className={styles.hint}>{option.hint}</span>}
            {option.isChosen && <Check className={styles.check} aria-hidden="true" />}
          </div>
        ))}
      </div>
      {shown.length === 0 && (
        <p role="status" className={styles.none}>
          {text === '' ? texts.ui.thereNothingChooseYet : texts.ui.nothingFits(text)}
        </p>
      )}
      {foot && <div className={styles.foot}>{foot}</div>}
    </div>
  )
}

/** Where a key leads in the list, around its ends; null: it does something else. */
function stepTo(key: string, at: number, last: number, isEmpty: boolean): number | null {
  if (key === 'ArrowDown') return at >= last ? 0 : at + 1
  if (key === 'ArrowUp') return at <= 0 ? last : at - 1
  // In a text they belong to the field.
  if (key === 'Home' && isEmpty) return 0
  return key === 'End' && isEmpty ? last : null
}

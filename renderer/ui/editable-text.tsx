import { type KeyboardEvent, useRef, useState } from 'react'
import styles from './editable-text.module.css'

interface EditableTextProps {
  label: string
  value: string
  maxLength: number
  onSave: (value: string) => void
  onDone: () => void
  className?: string | undefined
}

/** One line of text in its place, being edited: Enter or leaving saves, Escape gives up, an empty one is not taken. */
export function EditableText({ label, value, maxLength, onSave, onDone, className }: EditableTextProps) {
  const [draft, setDraft] = useState(value)
  const isOver = useRef(false)

  const finish = (save: boolean) => {
    if (isOver.current) return
    isOver.current = true
    const next = draft.trim()
    if (save && next !== '' && next !== value) onSave(next)
    onDone()
  }

  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.key === 'Enter' && !event.nativeEvent.isComposing) {
      event.preventDefault()
      finish(true)
    } else if (event.key === 'Escape') finish(false)
  }

  return (
    <textarea
      rows={1}
      aria-label={label}
      className={`${styles.input} ${className ?? ''}`}
      value={draft}
      maxLength={maxLength}
      // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit it
      autoFocus
      onFocus={(event) => event.target.select()}
      onChange={(event) => setDraft(event.target.value.replace(/\n/g, ' '))}
      onBlur={() => finish(true)}
      onKeyDown={handleKey}
      onPointerDown={(event) => event.stopPropagation()}
    />
  )
}

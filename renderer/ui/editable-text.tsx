import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import styles from './editable-text.module.css'

interface EditableTextProps {
  label: string
  value: string
  maxLength: number
  onSave: (value: string) => void
  onDone: () => void
  className?: string | undefined
}

/**
 * One line of text in its place, being edited: Enter or leaving saves, Escape gives up, an empty one is not taken. What
 * was there at the beginning counts: a value that changes meanwhile is not overwritten by somebody who wrote nothing.
 */
export function EditableText({ label, value, maxLength, onSave, onDone, className }: EditableTextProps) {
  const [draft, setDraft] = useState(value)
  const [began] = useState(value)
  const isOver = useRef(false)

  const save = () => {
    const next = draft.trim()
    if (next !== '' && next !== began) onSave(next)
  }
  const finish = (isSaved: boolean) => {
    if (isOver.current) return
    isOver.current = true
    if (isSaved) save()
    onDone()
  }
  // What it stands in may go away under the person who writes, as a card that is deleted or scrolled out of sight.
  const saveWhenGone = useRef(save)
  saveWhenGone.current = () => isOver.current || save()
  useEffect(() => () => saveWhenGone.current(), [])

  const handleKey = (event: KeyboardEvent) => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return // its keys choose characters
    if (event.key === 'Enter') {
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

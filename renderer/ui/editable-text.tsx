import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { copyText } from '../lib/copy-text.ts'
import { texts } from '../lib/texts/texts.ts'
import styles from './editable-text.module.css'
import { showToast } from './toast.tsx'
import { useTooLong } from './too-long.tsx'

interface EditableTextProps {
  label: string
  value: string
  maxLength: number
  onSave: (value: string) => void
  onDone: () => void
  className?: string | undefined
}

/**
 * One line of text in its place, being edited: Enter or leaving saves, Escape gives up, an empty one is not taken, one that
 * is too long says so and stays; where it cannot stay, it can be copied. What was there at the beginning counts: a value that changes meanwhile is not overwritten by somebody who wrote nothing.
 */
export function EditableText({ label, value, maxLength, onSave, onDone, className }: EditableTextProps) {
  const [draft, setDraft] = useState(value)
  const [began] = useState(value)
  const isOver = useRef(false)
  const { isTooLong, field, note } = useTooLong(draft, maxLength)

  const save = () => {
    const next = draft.trim()
    if (next === '' || next === began) return
    if (isTooLong) tellNotSaved(label, next, maxLength)
    else onSave(next)
  }
  const finish = (isSaved: boolean) => {
    // What was written stays in the field until it fits, or is given up.
    if (isOver.current || (isSaved && isTooLong)) return
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
    <>
      <textarea
        {...field}
        rows={1}
        aria-label={label}
        className={`${styles.input} ${className ?? ''}`}
        value={draft}
        // biome-ignore lint/a11y/noAutofocus: the person has just asked to edit it
        autoFocus
        onFocus={(event) => event.target.select()}
        onChange={(event) => setDraft(event.target.value.replace(/\n/g, ' '))}
        onBlur={() => finish(true)}
        onKeyDown={handleKey}
        onPointerDown={(event) => event.stopPropagation()}
      />
      {note}
    </>
  )
}

/** What it stood in went away. */
function tellNotSaved(label: string, text: string, maxLength: number): void {
  showToast({
    tone: 'bad',
    title: texts.ui.notSaved(label),
    text: texts.ui.tooLong(text.length - maxLength, maxLength),
    action: { label: texts.ui.copyText, run: () => copyText(text, texts.ui.textCopied) },
  })
}

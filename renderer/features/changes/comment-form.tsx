import { useState } from 'react'
import { texts } from '../../lib/texts/texts.ts'
import { Button } from '../../ui/button.tsx'
import { TextArea, TextInput } from '../../ui/field.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import styles from './comments.module.css'

interface CommentFormProps {
  path: string
  /** Null: the person names the line, or none. */
  line: number | null
  /** Where the comment stands that is edited; without it, a new one is written. */
  edited?: string
  /** What was written before and not added. */
  draft: string
  onText: (text: string) => void
  onAdd: (line: number | null, text: string) => void
  /** Its text is kept. */
  onClose: () => void
  /** Its text is not wanted any more. */
  onCancel: () => void
}

const LONGEST = 20_000

/** Says something to a line of a result. */
export function CommentForm({ path, line, edited, draft, ...on }: CommentFormProps) {
  const [named, setNamed] = useState('')
  const [text, setText] = useState(draft)
  const number = line ?? (named.trim() === '' ? null : Number(named))
  const isWrong = number !== null && !(Number.isInteger(number) && number >= 1)
  const isPlaceAsked = line === null && edited === undefined
  const isRefused = isWrong || text.trim() === '' || isTooLong(text, LONGEST)
  const add = () => {
    if (!isRefused) on.onAdd(number, text.trim())
  }
  return (
    <form
      className={styles.form}
      aria-label={nameOf(path, line, edited)}
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.nativeEvent.isComposing) return
        if (event.key === 'Escape') on.onClose()
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) add()
      }}
    >
      {isPlaceAsked && (
        <TextInput
          className={styles.line}
          inputMode="numeric"
          aria-label={texts.changes.line}
          aria-invalid={isWrong}
          placeholder={texts.changes.line}
          value={named}
          onChange={(event) => setNamed(event.target.value)}
        />
      )}
      <TextArea
        rows={2}
        aria-label={texts.changes.yourComment}
        placeholder={texts.changes.whatChangedHere}
        limit={LONGEST}
        autoFocus
        ref={toEnd}
        value={text}
        onChange={(event) => {
          setText(event.target.value)
          on.onText(event.target.value)
        }}
      />
      <span className={styles.buttons}>
        <Button type="submit" size="small" variant="primary" disabled={isRefused}>
          {edited === undefined ? texts.changes.addComment : texts.changes.saveComment}
        </Button>
        <Button size="small" variant="ghost" onClick={on.onCancel}>
          {texts.changes.cancel}
        </Button>
      </span>
    </form>
  )
}

/** The writing goes on behind what is there. Only when the form comes: the caret stays where it is when the window is left. */
function toEnd(area: HTMLTextAreaElement | null): void {
  area?.setSelectionRange(area.value.length, area.value.length)
}

function nameOf(path: string, line: number | null, edited: string | undefined): string {
  if (edited !== undefined) return texts.changes.editsComment(edited, path)
  return line === null ? texts.changes.comment(path) : texts.changes.commentOnLine(line, path)
}

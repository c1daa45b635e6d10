import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import { TextArea, TextInput } from '../../ui/field.tsx'
import styles from './comments.module.css'

interface CommentFormProps {
  path: string
  /** Null: the person names the line, or none. */
  line: number | null
  onAdd: (line: number | null, text: string) => void
  onClose: () => void
}

/** Says something to a line of a result. */
export function CommentForm({ path, line, onAdd, onClose }: CommentFormProps) {
  const [named, setNamed] = useState('')
  const [text, setText] = useState('')
  const number = line ?? (named.trim() === '' ? null : Number(named))
  const isWrong = number !== null && !(Number.isInteger(number) && number >= 1)
  const isEmpty = text.trim() === ''
  const add = () => {
    if (!isEmpty && !isWrong) onAdd(number, text.trim())
  }
  return (
    <form
      className={styles.form}
      aria-label={line === null ? `Comment on ${path}` : `Comment on line ${line} of ${path}`}
      onSubmit={(event) => {
        event.preventDefault()
        add()
      }}
      onKeyDown={(event) => {
        event.stopPropagation()
        if (event.key === 'Escape') onClose()
        if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) add()
      }}
    >
      {line === null && (
        <TextInput
          className={styles.line}
          inputMode="numeric"
          aria-label="Line"
          aria-invalid={isWrong}
          placeholder="Line"
          value={named}
          onChange={(event) => setNamed(event.target.value)}
        />
      )}
      <TextArea
        rows={2}
        aria-label="Your comment"
        placeholder="What is to be changed here?"
        maxLength={20_000}
        autoFocus
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <span className={styles.buttons}>
        <Button type="submit" size="small" variant="primary" disabled={isEmpty || isWrong}>
          Add comment
        </Button>
        <Button size="small" variant="ghost" onClick={onClose}>
          Cancel
        </Button>
      </span>
    </form>
  )
}

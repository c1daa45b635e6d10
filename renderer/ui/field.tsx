import clsx from 'clsx'
import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react'
import styles from './field.module.css'
import { useTooLong } from './too-long.tsx'

interface FieldProps {
  label: string
  hint?: ReactNode
  error?: string | null | undefined
  /** Draws the control; spread the attributes on it. */
  children: (attributes: {
    id: string
    'aria-describedby': string | undefined
    'aria-invalid': boolean
  }) => ReactNode
}

/** A labelled control with a hint, and the reason when its value is refused. */
export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId()
  const noteId = `${id}-note`
  const note = error ?? hint
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children({ id, 'aria-describedby': note ? noteId : undefined, 'aria-invalid': Boolean(error) })}
      {note && (
        <div
          id={noteId}
          className={clsx(styles.note, error && styles.error)}
          role={error ? 'alert' : undefined}
        >
          {note}
        </div>
      )}
    </div>
  )
}

interface TextInputProps extends InputHTMLAttributes<HTMLInputElement> {
  isMono?: boolean
  /** So many characters can be kept. What is longer stays whole and says so: who saves asks `isTooLong`. */
  limit?: number
  ref?: Ref<HTMLInputElement>
}

export function TextInput({ isMono = false, limit, className, ...rest }: TextInputProps) {
  const { attributes, note } = useLimit(rest, limit)
  return (
    <>
      <input
        spellCheck={false}
        autoComplete="off"
        {...rest}
        {...attributes}
        className={clsx(styles.input, isMono && styles.mono, className)}
      />
      {note}
    </>
  )
}

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  /** As that of `TextInput`. */
  limit?: number
  ref?: Ref<HTMLTextAreaElement>
}

/** Grows with its text. */
export function TextArea({ limit, className, ...rest }: TextAreaProps) {
  const { attributes, note } = useLimit(rest, limit)
  return (
    <>
      <textarea {...rest} {...attributes} className={clsx(styles.input, styles.area, className)} />
      {note}
    </>
  )
}

type Limited = Pick<InputHTMLAttributes<HTMLElement>, 'aria-describedby'> & {
  value?: InputHTMLAttributes<HTMLElement>['defaultValue']
}

/** What a field is told whose text is too long, beside what describes it anyway. */
function useLimit({ value, 'aria-describedby': described }: Limited, limit = Number.POSITIVE_INFINITY) {
  const { isTooLong, field, note } = useTooLong(String(value ?? ''), limit)
  if (!isTooLong) return { attributes: {}, note }
  return { attributes: { ...field, 'aria-describedby': clsx(described, field['aria-describedby']) }, note }
}

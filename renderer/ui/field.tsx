import clsx from 'clsx'
import { type InputHTMLAttributes, type ReactNode, type Ref, type TextareaHTMLAttributes, useId } from 'react'
import styles from './field.module.css'

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
  ref?: Ref<HTMLInputElement>
}

export function TextInput({ isMono = false, className, ...rest }: TextInputProps) {
  return (
    <input
      spellCheck={false}
      autoComplete="off"
      {...rest}
      className={clsx(styles.input, isMono && styles.mono, className)}
    />
  )
}

interface TextAreaProps extends TextareaHTMLAttributes<HTMLTextAreaElement> {
  ref?: Ref<HTMLTextAreaElement>
}

/** Grows with its text. */
export function TextArea({ className, ...rest }: TextAreaProps) {
  return <textarea {...rest} className={clsx(styles.input, styles.area, className)} />
}

import clsx from 'clsx'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './property.module.css'

/** One property of a card: where there is room its name stands beside its value. */
export function Property({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={styles.row}>
      <span className={styles.name} aria-hidden="true">
        {name}
      </span>
      {children}
    </div>
  )
}

interface PropertyButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> {
  /** Read out: "Priority: High". */
  label: string
  isEmpty?: boolean
  /** The action that opens it, so that it can be found. */
  'data-property'?: string
  tone?: 'bad' | 'warn' | undefined
  ref?: Ref<HTMLButtonElement>
}

/** What stands where nothing is chosen: the property's name, or beside that name, that there is none. */
export function EmptyValue({ name, none }: { name: string; none: string }) {
  return (
    <>
      <span className={styles.emptyName}>{name}</span>
      <span className={styles.none}>{none}</span>
    </>
  )
}

/** The value, which opens what changes it. */
export function PropertyButton({
  label,
  isEmpty,
  tone,
  className,
  title = label,
  ...rest
}: PropertyButtonProps) {
  return (
    <button
      {...rest}
      type="button"
      aria-label={label}
      title={title}
      className={clsx(styles.value, isEmpty && styles.empty, tone && styles[tone], className)}
    />
  )
}

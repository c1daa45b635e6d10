import clsx from 'clsx'
import type { ButtonHTMLAttributes, ReactNode, Ref } from 'react'
import styles from './button.module.css'
import { Spinner } from './spinner.tsx'
import { Tooltip } from './tooltip.tsx'

interface ButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type'> {
  variant?: 'primary' | 'secondary' | 'ghost' | 'danger'
  size?: 'small' | 'medium' | 'large'
  icon?: ReactNode
  /** Something is under way: a spinner takes the icon's place and presses are ignored. */
  isBusy?: boolean
  /** There is nothing for it to do now: grey, and presses are ignored; who has just pressed it stays at it. */
  isIdle?: boolean
  type?: 'button' | 'submit'
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  isBusy = false,
  isIdle = false,
  type = 'button',
  className,
  children,
  disabled,
  onClick,
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      disabled={disabled && !isBusy}
      // A disabled element loses the focus: whoever presses this by keyboard goes on from here afterwards.
      aria-disabled={isBusy || isIdle || undefined}
      aria-busy={isBusy || undefined}
      onClick={isBusy || isIdle ? (event) => event.preventDefault() : onClick}
      className={clsx(styles.button, styles[variant], styles[size], className)}
    >
      {isBusy ? <Spinner /> : icon}
      {children && <span className={styles.label}>{children}</span>}
    </button>
  )
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'type' | 'aria-label'> {
  label: string
  /** Shown in the tooltip beside the label. */
  shortcut?: string | undefined
  size?: 'small' | 'medium'
  /** As of a button. */
  isIdle?: boolean
  hasTooltip?: boolean
  ref?: Ref<HTMLButtonElement>
}

/** A button that is only an icon; its label is its name and its tooltip. */
export function IconButton({
  label,
  shortcut,
  size = 'medium',
  isIdle = false,
  hasTooltip = true,
  className,
  children,
  onClick,
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      {...rest}
      {...(isIdle && { 'aria-disabled': true })}
      onClick={isIdle ? undefined : onClick}
      type="button"
      aria-label={label}
      className={clsx(styles.icon, size === 'small' && styles.iconSmall, className)}
    >
      {children}
    </button>
  )
  return hasTooltip ? (
    <Tooltip text={label} shortcut={shortcut}>
      {button}
    </Tooltip>
  ) : (
    button
  )
}

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
  type?: 'button' | 'submit'
  ref?: Ref<HTMLButtonElement>
}

export function Button({
  variant = 'secondary',
  size = 'medium',
  icon,
  isBusy = false,
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
      aria-disabled={isBusy || undefined}
      aria-busy={isBusy || undefined}
      onClick={isBusy ? (event) => event.preventDefault() : onClick}
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
  hasTooltip?: boolean
  ref?: Ref<HTMLButtonElement>
}

/** A button that is only an icon; its label is its name and its tooltip. */
export function IconButton({
  label,
  shortcut,
  size = 'medium',
  hasTooltip = true,
  className,
  children,
  ...rest
}: IconButtonProps) {
  const button = (
    <button
      {...rest}
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

import clsx from 'clsx'
import type { ReactNode } from 'react'
import type { Tone } from '../lib/execution-state.ts'
import styles from './badge.module.css'

/** A short label in the colour of its meaning. */
export function Badge({
  tone = 'mute',
  icon,
  children,
}: {
  tone?: Tone
  icon?: ReactNode
  children: ReactNode
}) {
  return (
    <span className={clsx(styles.badge, styles[tone])}>
      {icon}
      {children}
    </span>
  )
}

/** The mark of a state: filled when it stands, pulsing while something moves. */
export function StateDot({ tone, isLive = false }: { tone: Tone; isLive?: boolean }) {
  return <span className={clsx(styles.dot, styles[tone], isLive && styles.live)} aria-hidden="true" />
}

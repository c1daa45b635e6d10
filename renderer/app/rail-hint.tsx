import type { ReactNode } from 'react'
import { Tooltip } from '../ui/tooltip.tsx'
import styles from './sidebar.module.css'

interface RailHintProps {
  text: string
  /** The name beside the icon is hidden. */
  isOn: boolean
  children: ReactNode
}

/** What an icon of the folded sidebar is called, beside it. */
export function RailHint({ text, isOn, children }: RailHintProps) {
  return (
    <Tooltip text={text} side="right" isOff={!isOn}>
      <div className={styles.hint}>{children}</div>
    </Tooltip>
  )
}

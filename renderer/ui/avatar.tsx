import { Bot, Cog } from 'lucide-react'
import type { CSSProperties } from 'react'
import styles from './avatar.module.css'
import { hueOf, initialsOf } from './initials.ts'

interface AvatarProps {
  kind?: 'person' | 'agent' | 'system'
  /** The colour comes from it: the same for the same one, everywhere. */
  id: string
  name: string
}

/** Who did something, at a glance. It has no name of its own: one stands beside it. */
export function Avatar({ kind = 'person', id, name }: AvatarProps) {
  if (kind !== 'person') {
    return (
      <span className={styles.machine} aria-hidden="true">
        {kind === 'agent' ? <Bot /> : <Cog />}
      </span>
    )
  }
  const style = { '--hue': hueOf(id) } as CSSProperties
  return (
    <span className={styles.person} style={style} aria-hidden="true">
      {initialsOf(name)}
    </span>
  )
}

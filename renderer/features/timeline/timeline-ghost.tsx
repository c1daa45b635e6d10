import { texts } from '../../lib/texts/texts.ts'
import { nameOf } from './day-name.ts'
import styles from './timeline.module.css'
import type { DueDrag } from './use-due-drag.ts'

/** The dragged card at the pointer, with the day on which it would be dropped. */
export function TimelineGhost({ drag: { card, x, y, target } }: { drag: DueDrag }) {
  return (
    <div className={styles.ghost} style={{ transform: `translate(${x + 8}px, ${y + 8}px)` }}>
      {card.title}
      <strong>{target === 'undated' ? texts.timeline.tray : target && nameOf(target.day)}</strong>
    </div>
  )
}

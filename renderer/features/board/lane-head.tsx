import clsx from 'clsx'
import { ChevronDown, ChevronRight } from 'lucide-react'
import type { CardGroup } from '../../lib/card-groups.ts'
import { formatWhole } from '../../lib/format.ts'
import { LabelDot } from '../../ui/label-dot.tsx'
import { PriorityIcon } from '../../ui/priority-icon.tsx'
import styles from './lanes-view.module.css'

interface LaneHeadProps {
  group: CardGroup
  isOpen: boolean
  /** A card that is dragged would go into this lane. */
  isTarget: boolean
  onToggle: () => void
}

/** The name of a lane; a press closes it, or opens it again. */
export function LaneHead({ group, isOpen, isTarget, onToggle }: LaneHeadProps) {
  return (
    <button
      type="button"
      aria-expanded={isOpen}
      className={clsx(styles.laneHead, isTarget && styles.targetLane)}
      onClick={onToggle}
    >
      {isOpen ? <ChevronDown aria-hidden="true" /> : <ChevronRight aria-hidden="true" />}
      {group.priority !== undefined && <PriorityIcon priority={group.priority} />}
      {group.color && <LabelDot color={group.color} />}
      <span className={styles.laneName} dir="auto">
        {group.name}
      </span>
      <span className={styles.count}>{formatWhole(group.cards.length)}</span>
    </button>
  )
}

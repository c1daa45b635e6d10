import clsx from 'clsx'
import { type CSSProperties, memo, type PointerEvent } from 'react'
import type { TaskCard } from '#shared/task.ts'
import { useIsSelected } from '../../lib/selection.ts'
import { texts } from '../../lib/texts/texts.ts'
import { PriorityIcon } from '../../ui/priority-icon.tsx'
import styles from './timeline.module.css'

interface TimelineChipProps {
  card: TaskCard
  cardKey: string
  /** In words, with what is late. */
  due: string
  tone: 'late' | 'today' | 'done' | null
  isTabStop: boolean
  isOpen: boolean
  left?: number
  top?: number
  onPress: (event: PointerEvent, card: TaskCard) => void
  onOpen: (card: TaskCard) => void
}

/** A card of the timeline. */
export const TimelineChip = memo(function TimelineChip({
  card,
  cardKey,
  due,
  tone,
  ...chip
}: TimelineChipProps) {
  const isSelected = useIsSelected(card.board_id, card.id)
  const { left, top } = chip
  const style: CSSProperties = left === undefined ? {} : { transform: `translate(${left}px, ${top ?? 0}px)` }
  return (
    <button
      type="button"
      data-task-id={card.id}
      tabIndex={chip.isTabStop ? 0 : -1}
      aria-label={texts.timeline.selected(cardKey, card.title, due, isSelected)}
      aria-keyshortcuts="Shift+ArrowLeft Shift+ArrowRight Shift+ArrowUp Shift+ArrowDown"
      className={clsx(
        styles.chip,
        left !== undefined && styles.placed,
        tone && styles[tone],
        isSelected && styles.selected,
        chip.isOpen && styles.open,
      )}
      style={style}
      onPointerDown={(event) => chip.onPress(event, card)}
      onClick={() => chip.onOpen(card)}
    >
      {card.priority && <PriorityIcon priority={card.priority} />}
      <span className={styles.chipText}>{card.title}</span>
    </button>
  )
})

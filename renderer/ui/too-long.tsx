import { type CSSProperties, useId } from 'react'
import { texts } from '../lib/texts/texts.ts'
import styles from './too-long.module.css'

/** Whether more is left than can be kept once the blanks around it are gone. */
export function isTooLong(text: string, maxLength: number): boolean {
  return text.trim().length > maxLength
}

/** How far a text goes beyond its end, what its field is told, and the note at it; the text stays whole. */
export function useTooLong(text: string, maxLength: number) {
  const id = useId()
  const anchor = `--too-long-${id.replaceAll(':', '')}`
  const isOver = isTooLong(text, maxLength)
  return {
    isTooLong: isOver,
    field: {
      'aria-invalid': isOver || undefined,
      'aria-describedby': isOver ? id : undefined,
      style: { anchorName: anchor } as CSSProperties,
    },
    note: isOver && (
      // Above all, for fields stand in rows and headers that cut what they hold.
      <span
        id={id}
        ref={(note) => note?.showPopover?.()}
        popover="manual"
        role="status"
        className={styles.note}
        style={{ positionAnchor: anchor } as CSSProperties}
      >
        {texts.ui.tooLong(text.trim().length - maxLength, maxLength)}
      </span>
    ),
  }
}

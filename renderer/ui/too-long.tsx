import { type CSSProperties, useId } from 'react'
import { texts } from '../lib/texts/texts.ts'
import styles from './too-long.module.css'

/** How far a text goes beyond its end, what its field is told, and the note at it; the text stays whole. */
export function useTooLong(text: string, maxLength: number) {
  const id = useId()
  const anchor = `--too-long-${id.replaceAll(':', '')}`
  const excess = text.trim().length - maxLength
  const isTooLong = excess > 0
  return {
    isTooLong,
    field: {
      'aria-invalid': isTooLong || undefined,
      'aria-describedby': isTooLong ? id : undefined,
      style: { anchorName: anchor } as CSSProperties,
    },
    note: isTooLong && (
      // Above all, for fields stand in rows and headers that cut what they hold.
      <span
        id={id}
        ref={(note) => note?.showPopover?.()}
        popover="manual"
        role="status"
        className={styles.note}
        style={{ positionAnchor: anchor } as CSSProperties}
      >
        {texts.ui.tooLong(excess, maxLength)}
      </span>
    ),
  }
}

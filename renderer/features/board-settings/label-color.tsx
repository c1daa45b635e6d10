import { useState } from 'react'
import { NAMED_COLORS } from '../../lib/colors.ts'
import { texts } from '../../lib/texts/texts.ts'
import { LabelDot } from '../../ui/label-dot.tsx'
import { Popover } from '../../ui/popover.tsx'
import styles from './board-settings.module.css'

/** The colour of a label, and behind it the others that it could have. */
export function LabelColor({
  label,
  color,
  onPick,
}: {
  label: string
  color: string
  onPick: (color: string) => void
}) {
  const [isOpen, setOpen] = useState(false)
  const [own, setOwn] = useState(color)
  const pick = (next: string) => {
    setOpen(false)
    if (next.toUpperCase() !== color.toUpperCase()) onPick(next)
  }
  return (
    <Popover
      label={label}
      isOpen={isOpen}
      onOpenChange={(open) => {
        setOwn(color)
        setOpen(open)
      }}
      trigger={
        <button type="button" className={styles.colour} aria-label={label}>
          <LabelDot color={color} />
        </button>
      }
    >
      <div className={styles.palette}>
        {NAMED_COLORS.map(({ color: value, name }) => (
          <button
            key={value}
            type="button"
            className={styles.swatch}
            aria-label={name}
            aria-pressed={value === color.toUpperCase()}
            title={name}
            style={{ background: value }}
            onClick={() => pick(value)}
          />
        ))}
        <label className={styles.own}>
          {texts.boardSettings.ownColor}
          <input
            type="color"
            value={own}
            onChange={(event) => setOwn(event.target.value)}
            onBlur={() => own !== color && pick(own.toUpperCase())}
          />
        </label>
      </div>
    </Popover>
  )
}

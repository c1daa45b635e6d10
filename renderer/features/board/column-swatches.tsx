import type { Column } from '#shared/column.ts'
import styles from './column.module.css'

const COLOURS = [
  { name: 'Grey', value: '#8A8F9C' },
  { name: 'Blue', value: '#4C8DEB' },
  { name: 'Violet', value: '#8B7CF0' },
  { name: 'Pink', value: '#D772B4' },
  { name: 'Red', value: '#DE5F68' },
  { name: 'Amber', value: '#D99A2B' },
  { name: 'Green', value: '#4AAE76' },
] as const

/** The colours that a column may have, and none. */
export function ColumnSwatches({
  column,
  onPick,
}: {
  column: Column
  onPick: (color: string | null) => void
}) {
  return (
    <fieldset className={styles.swatches} aria-label="Colour">
      <button
        type="button"
        aria-label="No colour"
        aria-pressed={column.color === null}
        className={`${styles.swatch} ${styles.none}`}
        onClick={() => onPick(null)}
      />
      {COLOURS.map((colour) => (
        <button
          key={colour.value}
          type="button"
          aria-label={colour.name}
          aria-pressed={column.color?.toUpperCase() === colour.value}
          className={styles.swatch}
          style={{ backgroundColor: colour.value }}
          onClick={() => onPick(colour.value)}
        />
      ))}
    </fieldset>
  )
}

import { DropdownMenu } from 'radix-ui'
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

const NONE = 'none'

/** The colours that a column may have, and none; items of the column’s menu, so that its keys reach them. */
export function ColumnSwatches({
  column,
  onPick,
}: {
  column: Column
  onPick: (color: string | null) => void
}) {
  return (
    <DropdownMenu.RadioGroup
      className={styles.swatches}
      aria-label="Colour"
      value={column.color?.toUpperCase() ?? NONE}
      onValueChange={(value) => onPick(value === NONE ? null : value)}
    >
      <DropdownMenu.RadioItem
        value={NONE}
        aria-label="No colour"
        className={`${styles.swatch} ${styles.none}`}
      />
      {COLOURS.map((colour) => (
        <DropdownMenu.RadioItem
          key={colour.value}
          value={colour.value}
          aria-label={colour.name}
          className={styles.swatch}
          style={{ backgroundColor: colour.value }}
        />
      ))}
    </DropdownMenu.RadioGroup>
  )
}

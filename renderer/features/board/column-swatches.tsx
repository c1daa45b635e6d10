import { DropdownMenu } from 'radix-ui'
import type { Column } from '#shared/column.ts'
import { NAMED_COLORS } from '../../lib/colors.ts'
import { texts } from '../../lib/texts/texts.ts'
import styles from './column.module.css'

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
      aria-label={texts.columns.colour}
      value={column.color?.toUpperCase() ?? NONE}
      onValueChange={(value) => onPick(value === NONE ? null : value)}
    >
      <DropdownMenu.RadioItem
        value={NONE}
        aria-label={texts.columns.noColour}
        className={`${styles.swatch} ${styles.none}`}
      />
      {NAMED_COLORS.map(({ color, name }) => (
        <DropdownMenu.RadioItem
          key={color}
          value={color}
          aria-label={name}
          className={styles.swatch}
          style={{ backgroundColor: color }}
        />
      ))}
    </DropdownMenu.RadioGroup>
  )
}

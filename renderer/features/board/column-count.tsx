import clsx from 'clsx'
import type { Column } from '#shared/column.ts'
import { formatWhole } from '../../lib/format.ts'
import { texts } from '../../lib/texts/texts.ts'
import { Tooltip } from '../../ui/tooltip.tsx'
import styles from './column.module.css'

interface ColumnCountProps {
  column: Column
  count: number
  /** How many of them the filter shows; null: all. */
  shown?: number | null
}

/** How many cards a column holds, of how many; warns from the limit on. */
export function ColumnCount({ column, count, shown = null }: ColumnCountProps) {
  const limit = column.wip_limit ?? 0
  const part = shown === null || count === 0 ? '' : texts.columns.of(shown)
  if (limit === 0) {
    return (
      <span className={styles.count}>
        {part}
        {formatWhole(count)}
      </span>
    )
  }
  const text =
    count > limit
      ? texts.columns.cardAboveLimit(count - limit, limit)
      : count === limit
        ? texts.columns.atLimitCard(limit)
        : texts.columns.atMostCardAtTime(limit)
  return (
    <Tooltip text={text}>
      <span className={clsx(styles.count, count === limit && styles.full, count > limit && styles.over)}>
        {part}
        {formatWhole(count)}/{formatWhole(limit)}
        {count >= limit && <span className="hidden-visually">, {text}</span>}
      </span>
    </Tooltip>
  )
}

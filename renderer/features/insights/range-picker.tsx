import { addDays } from '#shared/match-card.ts'
import { Day } from '#shared/task.ts'
import { texts } from '../../lib/texts/texts.ts'
import { TextInput } from '../../ui/field.tsx'
import { Segmented } from '../../ui/segmented.tsx'
import styles from './insights.module.css'

/** Both days count. */
export interface Range {
  from: string
  to: string
}

interface RangePickerProps {
  range: Range
  today: string
  onChange: (range: Range) => void
}

const CHOICES = [
  { value: '14', label: texts.insights.twoWeeks },
  { value: '30', label: texts.insights.thirtyDays },
  { value: '90', label: texts.insights.ninetyDays },
  { value: '365', label: texts.insights.year },
] as const

/** Up to today, today among them. */
export function lastDays(count: number, today: string): Range {
  return { from: addDays(today, 1 - count), to: today }
}

/** Of which days the figures are: the last few, or from one day to another. */
export function RangePicker({ range, today, onChange }: RangePickerProps) {
  const chosen = CHOICES.find(({ value }) => {
    const { from, to } = lastDays(Number(value), today)
    return from === range.from && to === range.to
  })
  const change = (next: Range) => {
    const isFit = Day.safeParse(next.from).success && Day.safeParse(next.to).success && next.from <= next.to
    if (isFit) onChange(next)
  }
  return (
    <div className={styles.range}>
      <Segmented
        label={texts.insights.range}
        value={chosen?.value ?? ''}
        choices={CHOICES}
        onChange={(value) => onChange(lastDays(Number(value), today))}
      />
      <TextInput
        type="date"
        aria-label={texts.insights.firstDay}
        className={styles.day}
        max={range.to}
        value={range.from}
        onChange={(event) => change({ ...range, from: event.target.value })}
      />
      <span aria-hidden="true">–</span>
      <TextInput
        type="date"
        aria-label={texts.insights.lastDay}
        className={styles.day}
        min={range.from}
        value={range.to}
        onChange={(event) => change({ ...range, to: event.target.value })}
      />
    </div>
  )
}

import clsx from 'clsx'
import { ToggleGroup } from 'radix-ui'
import type { ReactNode } from 'react'
import { useIsDrawn } from '../lib/first-drawing.ts'
import styles from './segmented.module.css'

interface SegmentedProps<Value extends string> {
  label: string
  value: Value
  choices: readonly { value: Value; label: string; icon?: ReactNode }[]
  onChange: (value: Value) => void
  /** Only the icons; the labels become names. */
  isCompact?: boolean
  /** In a narrow container only the chosen one is written out; the others are their icons. */
  isFoldable?: boolean
}

/** One of two or three, all in sight. */
export function Segmented<Value extends string>({
  label,
  value,
  choices,
  onChange,
  isCompact = false,
  isFoldable = false,
}: SegmentedProps<Value>) {
  return (
    <ToggleGroup.Root
      type="single"
      rovingFocus={useIsDrawn()}
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const choice = choices.find((one) => one.value === next)
        if (choice) onChange(choice.value)
      }}
      className={clsx(styles.group, isFoldable && styles.foldable)}
    >
      {choices.map((choice) => (
        <ToggleGroup.Item
          key={choice.value}
          value={choice.value}
          aria-label={choice.label}
          title={isFoldable ? choice.label : undefined}
          className={clsx(styles.item, isCompact && styles.compact)}
        >
          {choice.icon}
          {!isCompact && <span className={styles.label}>{choice.label}</span>}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}

import type { KeyboardEvent } from 'react'

/** Days by which Shift and an arrow change a date; without Shift, which way to the next card. */
const STEPS: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -7, ArrowDown: 7 }

export function stepOf({ key, ctrlKey, metaKey, altKey }: KeyboardEvent): number | undefined {
  return ctrlKey || metaKey || altKey ? undefined : STEPS[key]
}

import type { Label } from '#shared/label.ts'
import { texts } from './texts/texts.ts'

export interface NamedColor {
  /** As the database keeps it: #4C8DEB. */
  color: string
  name: string
}

/** The colours that labels and columns are offered. */
export const NAMED_COLORS: readonly NamedColor[] = Object.entries(texts.colors).map(([color, name]) => ({
  color,
  name,
}))

const FIRST = NAMED_COLORS[0]?.color ?? '#8A8F9C'

/** The one that the fewest labels have, so that labels which are made one after the other differ. */
export function nextColor(labels: Iterable<Pick<Label, 'color'>>): string {
  const used = new Map<string, number>()
  for (const label of labels) {
    const color = label.color.toUpperCase()
    used.set(color, (used.get(color) ?? 0) + 1)
  }
  const counts = NAMED_COLORS.map(({ color }) => used.get(color) ?? 0)
  return NAMED_COLORS[counts.indexOf(Math.min(...counts))]?.color ?? FIRST
}

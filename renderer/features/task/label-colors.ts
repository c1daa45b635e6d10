import type { Label } from '#shared/label.ts'

/** Told apart in both themes. */
export const LABEL_COLORS = [
  { color: '#D8414C', name: 'Red' },
  { color: '#E07A2F', name: 'Orange' },
  { color: '#D9A20A', name: 'Yellow' },
  { color: '#23A05B', name: 'Green' },
  { color: '#1C9C9C', name: 'Teal' },
  { color: '#2C7BE5', name: 'Blue' },
  { color: '#6A6DF0', name: 'Indigo' },
  { color: '#8653D6', name: 'Purple' },
  { color: '#D14D98', name: 'Pink' },
  { color: '#7B7F8C', name: 'Grey' },
] as const

/** The one that the fewest labels have. */
export function nextLabelColor(labels: Iterable<Pick<Label, 'color'>>): string {
  const used = new Map<string, number>()
  for (const label of labels) {
    const color = label.color.toUpperCase()
    used.set(color, (used.get(color) ?? 0) + 1)
  }
  const counts = LABEL_COLORS.map(({ color }) => used.get(color) ?? 0)
  return LABEL_COLORS[counts.indexOf(Math.min(...counts))]?.color ?? LABEL_COLORS[0].color
}

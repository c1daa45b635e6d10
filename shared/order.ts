/** Neighbours closer than this leave no room for a midpoint: the column is renumbered (DESIGN, section 5). */
export const SMALLEST_GAP = 1e-9

/**
 * The place between two neighbours; null stands for "no neighbour on that side" (seed 1, section 6.2).
 * Both null: 1; only a next: next - 1; only a previous: previous + 1; else their mean.
 */
export function calculateOrder(previous: number | null, next: number | null): number {
  if (previous === null && next === null) return 1
  if (previous === null) return (next as number) - 1
  if (next === null) return previous + 1
  return (previous + next) / 2
}

/** Whether no number lies usefully between the two any more. */
export function isTooTight(previous: number, next: number): boolean {
  return Math.abs(next - previous) < SMALLEST_GAP
}

/** The order in which cards and columns are drawn: by order, ties by age, then by id. */
export function compareByOrder(
  a: { order: number; created_at: Date; id: string },
  b: { order: number; created_at: Date; id: string },
): number {
  return a.order - b.order || a.created_at.getTime() - b.created_at.getTime() || a.id.localeCompare(b.id)
}

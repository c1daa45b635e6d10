import type { Column } from '#shared/column.ts'
import type { BoardTransition } from '#shared/transition.ts'

export function keyOf({ from_column_id, to_column_id }: BoardTransition): string {
  return `${from_column_id} ${to_column_id}`
}

/** The rules that are ticked, of columns that are still there. */
export function rulesOf(
  columns: readonly Pick<Column, 'id'>[],
  ticked: ReadonlySet<string>,
): BoardTransition[] {
  return columns
    .flatMap((from) => columns.map((to) => ({ from_column_id: from.id, to_column_id: to.id })))
    .filter((rule) => ticked.has(keyOf(rule)))
}

/** From each column to the one before and the one behind it. */
export function neighbourRules(columns: readonly Pick<Column, 'id'>[]): BoardTransition[] {
  return columns.flatMap((from, index) =>
    [columns[index - 1], columns[index + 1]]
      .filter((to) => to !== undefined)
      .map((to) => ({ from_column_id: from.id, to_column_id: to.id })),
  )
}

/** Columns that cards would not leave again; an end column may be one. */
export function stuckColumns<C extends Pick<Column, 'id' | 'is_end_column'>>(
  columns: readonly C[],
  rules: readonly BoardTransition[],
): C[] {
  if (rules.length === 0) return []
  const left = new Set(rules.map((rule) => rule.from_column_id))
  return columns.filter(({ id, is_end_column }) => !is_end_column && !left.has(id))
}

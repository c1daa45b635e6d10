import { auditForced } from '#db/queries/audit.ts'
import { listColumns } from '#db/queries/columns.ts'
import { listTransitions } from '#db/queries/transitions.ts'
import type { Column } from '#shared/column.ts'
import { RefusedError } from '#shared/errors.ts'
import type { TaskId } from '#shared/ids.ts'
import { allowedFrom } from '#shared/transition.ts'
import { listOf } from './blockers.ts'
import type { BoardChange } from './change-board.ts'

/** A column that cards have come to, and how many are in it with them. */
interface Filled {
  column: Pick<Column, 'id' | 'name' | 'wip_limit'>
  count: number
  /** Those that came. */
  arrived: readonly TaskId[]
}

/**
 * Refuses more cards than the column's limit; forced, they stay and the trail says so. Tells whether it was forced.
 */
export async function keepLimit(
  { tx, board }: Pick<BoardChange, 'tx' | 'board'>,
  { column, count, arrived }: Filled,
  force = false,
): Promise<boolean> {
  const limit = column.wip_limit ?? 0
  if (limit === 0 || count <= limit || arrived.length === 0) return false
  const before = count - arrived.length
  if (!force) {
    throw new RefusedError(
      'WIP_LIMIT_EXCEEDED',
      `“${column.name}” has ${cards(before)} and a limit of ${limit}. Finish something there first, or go above the limit on purpose.`,
      { limit, count: before, column_id: column.id },
    )
  }
  for (const id of arrived) await auditForced(tx, board.id, id, { column_id: column.id, limit, count })
  return true
}

/** Refuses a move that the rules of the board do not have, naming those that they have. */
export async function refuseTransition(
  { tx, board }: Pick<BoardChange, 'tx' | 'board'>,
  from: Pick<Column, 'id' | 'name'>,
  to: Pick<Column, 'name'>,
): Promise<never> {
  const columns = await listColumns(tx, board.id)
  const rules = allowedFrom(from.id, await listTransitions(tx, board.id))
  const allowed = columns.filter((column) => rules?.has(column.id))
  const names = allowed.map((column) => `“${column.name}”`)
  const instead =
    names.length > 0
      ? `From “${from.name}” cards may go to ${listOf(names)}.`
      : `From “${from.name}” cards may not go anywhere.`
  throw new RefusedError(
    'TRANSITION_NOT_ALLOWED',
    `The rules of this board do not let cards go to “${to.name}”. ${instead}`,
    { allowed: allowed.map(({ id }) => id) },
  )
}

export function refuseArchived(): never {
  throw new RefusedError('TASK_ARCHIVED', 'This card is in the archive. Put it back on the board first.')
}

function cards(count: number): string {
  return count === 1 ? '1 card' : `${count} cards`
}

import { listColumns } from '#db/queries/columns.ts'
import { listTransitions, replaceTransitions } from '#db/queries/transitions.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { BoardTransition, SetTransitions } from '#shared/transition.ts'
import { boardActivity } from './board-activity.ts'
import { type BoardContext, changeBoard } from './change-board.ts'

/** These rules in place of those that the board had; none: every move is allowed. Gives the rules as they are now. */
export function setTransitions(ctx: BoardContext, input: SetTransitions): Promise<BoardTransition[]> {
  return changeBoard(ctx, input.board_id, async ({ tx, board, tell }) => {
    const columns = new Set((await listColumns(tx, board.id)).map(({ id }) => id))
    for (const id of input.transitions.flatMap((rule) => [rule.from_column_id, rule.to_column_id]))
      if (!columns.has(id)) throw new NotFoundError('Column', id)
    await replaceTransitions(tx, board.id, meaningful(input.transitions))
    const transitions = await listTransitions(tx, board.id)
    tell(
      { type: 'transitions_updated', data: { transitions } },
      boardActivity(board, 'updated', (name) => `changed which moves the board ${name} allows`),
    )
    return transitions
  })
}

/** Each once; within a column cards may always move. */
function meaningful(rules: readonly BoardTransition[]): BoardTransition[] {
  const known = new Map(rules.map((rule) => [`${rule.from_column_id} ${rule.to_column_id}`, rule]))
  return [...known.values()].filter((rule) => rule.from_column_id !== rule.to_column_id)
}

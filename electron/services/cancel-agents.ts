import { requestCancels } from '#db/queries/executions.ts'
import type { BoardChange } from './change-board.ts'

/**
 * Agents do not go on with what is in the trash, where nobody sees or stops them: with the deletion it is written
 * down that they are to be cancelled, and whoever runs them is told. Restored cards can be resumed.
 */
export async function cancelAgents(
  { tx, wake }: Pick<BoardChange, 'tx' | 'wake'>,
  cards: Parameters<typeof requestCancels>[1],
  at: Date,
): Promise<void> {
  if (await requestCancels(tx, cards, at)) wake('cancel')
}

import { withdrawApprovals } from '#db/queries/approvals.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { BoardChange } from '../services/change-board.ts'
import type { Fact } from './state.ts'

/** After these nobody waits for an answer any more. */
const ENDS: readonly Fact['type'][] = ['completed', 'blocked', 'failed', 'cancelled', 'interrupted', 'paused']

/** Takes the questions of an execution that has come to an end out of the inbox, with the fact itself. */
export async function withdrawLeftOver(
  work: Pick<BoardChange, 'tx' | 'tell' | 'wake'>,
  id: ExecutionId,
  facts: readonly Fact[],
): Promise<void> {
  if (!facts.some((fact) => ENDS.includes(fact.type))) return
  const withdrawn = await withdrawApprovals(work.tx, id, 'all')
  for (const approval of withdrawn) work.tell({ type: 'approval_updated', data: approval })
  if (withdrawn.length > 0) work.wake('approvals')
}

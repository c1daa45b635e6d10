import type { ExecutionRow } from '#db/queries/executions.ts'
import { providerName } from '#shared/provider.ts'
import { changeBoard } from '../services/change-board.ts'
import { placeTask } from '../services/place-task.ts'
import { moveCard } from './move-card.ts'
import { NoRoomError } from './no-room.ts'
import { patiently } from './patiently.ts'
import { recordOwn } from './record-own.ts'
import type { OrchestratorContext } from './run-context.ts'

/**
 * Brings the card of a run that begins, or goes on, to the column in which agents work. Throws NoRoomError when that is
 * full; nothing has changed then.
 */
export async function takePlace(
  ctx: OrchestratorContext,
  row: ExecutionRow,
  signal: AbortSignal,
): Promise<void> {
  if (row.status === 'pending') {
    await recordOwn(ctx, row.id, { type: 'start' }, signal, moveCard)
    return
  }
  const actor = { type: 'agent', id: row.provider, name: providerName(row.provider) } as const
  await patiently(ctx, signal, () =>
    changeBoard(
      ctx,
      row.board_id,
      async (work) => {
        const full = await placeTask(work, row.task_id, 'agents', 'in_progress')
        if (full) throw new NoRoomError(full)
      },
      { trashed: true, actor },
    ),
  )
}

import type { Db } from '#db/client.ts'
import { listTurns } from '#db/queries/executions.ts'
import { listAgentColumns } from '#db/queries/room.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { Candidate } from './schedule.ts'

/** What decides whose turn it is, as it is now; of executions that are gone, nothing. */
export async function readTurns(
  db: Db,
  ids: readonly ExecutionId[],
): Promise<ReadonlyMap<ExecutionId, Candidate>> {
  const rows = await listTurns(db, ids)
  const entered = new Set(rows.flatMap((row) => (row.is_there ? [] : row.board_id)))
  const columns = entered.size > 0 ? await listAgentColumns(db, [...entered]) : []
  const columnOf = new Map(columns.map(({ board_id, ...column }) => [board_id, column]))
  return new Map(
    rows.map((row) => [
      row.id,
      {
        id: row.id,
        taskId: row.task_id,
        boardId: row.board_id,
        boardName: row.board_name,
        provider: row.provider,
        priority: row.priority,
        since: row.created_at,
        boardLimit: row.board_settings.most_executions ?? null,
        entering: row.is_there ? null : (columnOf.get(row.board_id) ?? null),
      },
    ]),
  )
}

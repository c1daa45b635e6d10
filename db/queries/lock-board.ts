import { Board } from '#shared/board.ts'
import type { BoardId, ColumnId, ExecutionId, TaskId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { runNamed } from '../named-statement.ts'
import { type Author, settingsOf } from './author.ts'

/** A board by its own id, or by that of something on it, which may be in the trash. */
export type BoardOf =
  | { board: BoardId }
  | { column: ColumnId }
  | { task: TaskId }
  | { execution: ExecutionId }

const ID = {
  board: '$1',
  column: '(SELECT board_id FROM columns WHERE id = $1)',
  task: '(SELECT board_id FROM tasks WHERE id = $1)',
  execution: '(SELECT board_id FROM executions WHERE id = $1)',
}

/**
 * Takes the board for this transaction, and signs what the transaction changes. All writers of a board queue here, so
 * that its events commit in the order of their ids and a reader that remembers the highest one misses nothing
 * (DESIGN, section 5). Null when there is no such board; trashed ones count only when asked for.
 */
export async function lockBoard(tx: Db, of: BoardOf, author: Author, trashed = false): Promise<Board | null> {
  const [kind, id] = placeOf(of)
  const [row] = await runNamed(
    tx,
    `lock_board_of_${kind}${trashed ? '_trashed' : ''}`,
    `SELECT set_config('rangers.actor', $2, true), set_config('rangers.correlation_id', $3, true), to_json(b) AS board
     FROM boards b WHERE b.id = ${ID[kind]}${trashed ? '' : ' AND b.deleted_at IS NULL'} FOR NO KEY UPDATE`,
    [id, ...settingsOf(author)],
  )
  return row ? Board.parse(row.board) : null
}

function placeOf(of: BoardOf): [kind: keyof typeof ID, id: string] {
  if ('task' in of) return ['task', of.task]
  if ('column' in of) return ['column', of.column]
  return 'execution' in of ? ['execution', of.execution] : ['board', of.board]
}

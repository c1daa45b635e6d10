import { Board } from '#shared/board.ts'
import type { BoardId, ColumnId, TaskId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { runNamed } from '../named-statement.ts'
import { type Author, settingsOf } from './author.ts'

/** A board by its own id, or by that of something on it, which may be in the trash. */
export type BoardOf = { board: BoardId } | { column: ColumnId } | { task: TaskId }

const fields = Object.keys(Board.shape).map((name) => `b.${name}`)
const ID = {
  board: '$1',
  column: '(SELECT board_id FROM columns WHERE id = $1)',
  task: '(SELECT board_id FROM tasks WHERE id = $1)',
}

/**
 * Takes the board for this transaction, and signs what the transaction changes. All writers of a board queue here, so
 * that its events commit in the order of their ids and a reader that remembers the highest one misses nothing
 * (DESIGN, section 5). Null when there is no such board; trashed ones count only when asked for.
 */
export async function lockBoard(tx: Db, of: BoardOf, author: Author, trashed = false): Promise<Board | null> {
  const [kind, id] =
    'task' in of
      ? (['task', of.task] as const)
      : 'column' in of
        ? (['column', of.column] as const)
        : (['board', of.board] as const)
  const [row] = await runNamed(
    tx,
    `lock_board_of_${kind}${trashed ? '_trashed' : ''}`,
    `SELECT set_config('rangers.actor', $2, true), set_config('rangers.correlation_id', $3, true), ${fields}
     FROM boards b WHERE b.id = ${ID[kind]}${trashed ? '' : ' AND b.deleted_at IS NULL'} FOR NO KEY UPDATE`,
    [id, ...settingsOf(author)],
  )
  return row ? Board.parse(row) : null
}

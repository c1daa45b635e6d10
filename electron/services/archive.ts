import { listArchivedTasks } from '#db/queries/archive.ts'
import { setBoardArchived } from '#db/queries/boards.ts'
import type { ArchiveBoard, Board } from '#shared/board.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { ArchivedTasks, ListArchived } from '#shared/task.ts'
import { boardActivity } from './board-activity.ts'
import { type BoardContext, changeBoard } from './change-board.ts'

/** Out of the way, or back; all that is on it stays as it is. */
export function archiveBoard(ctx: BoardContext, { id, archived }: ArchiveBoard): Promise<Board> {
  return changeBoard(ctx, id, async ({ tx, tell, board: before }) => {
    if ((before.archived_at !== null) === archived) return before
    const board = await setBoardArchived(tx, id, archived ? ctx.now() : null)
    if (!board) throw new NotFoundError('Board', id)
    tell(
      { type: 'board_updated', data: board },
      boardActivity(board, archived ? 'archived' : 'unarchived', (name) =>
        archived ? `archived the board ${name}` : `took the board ${name} out of the archive`,
      ),
    )
    return board
  })
}

/** The archived cards of a board, those archived last first. */
export async function listArchived(
  ctx: Pick<BoardContext, 'db'>,
  { board_id, text, before, limit }: ListArchived,
): Promise<ArchivedTasks> {
  const found = await listArchivedTasks(ctx.db, board_id, {
    text: text?.trim() || undefined,
    before: before === undefined ? undefined : readCursor(before),
    limit: limit + 1,
  })
  const tasks = found.slice(0, limit)
  const last = found.length > limit ? tasks.at(-1) : undefined
  return {
    tasks,
    next: last?.archived_at ? `${last.archived_at.toISOString()} ${last.number}` : null,
  }
}

/** What is no cursor begins at the beginning. */
function readCursor(text: string): { at: Date; number: number } | undefined {
  const [time = '', number = ''] = text.split(' ')
  const at = new Date(time)
  return Number.isNaN(at.getTime()) || !/^\d{1,9}$/.test(number) ? undefined : { at, number: Number(number) }
}

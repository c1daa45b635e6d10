import { lastBoardEventId } from '#db/queries/board-events.ts'
import * as boards from '#db/queries/boards.ts'
import { listColumns } from '#db/queries/columns.ts'
import { listCurrentExecutions, presentExecution } from '#db/queries/executions.ts'
import { listTasks } from '#db/queries/tasks.ts'
import type { Board, BoardDetail, BoardListItem, CreateBoard, UpdateBoard } from '#shared/board.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { BoardId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { boardActivity, boardChanges } from './board-activity.ts'
import { DEVELOPMENT, EMPTY } from './built-in-templates.ts'
import { cancelAgents } from './cancel-agents.ts'
import { type BoardContext, changeBoard } from './change-board.ts'
import { findLocalProject } from './local-project.ts'
import { newBoard } from './new-board.ts'

export function listBoards(ctx: Pick<BoardContext, 'db'>): Promise<BoardListItem[]> {
  return boards.listBoards(ctx.db)
}

/** The board with its columns, cards and current executions: a fixed number of statements, whatever its size. */
export async function getBoard(ctx: Pick<AppContext, 'db' | 'places'>, id: BoardId): Promise<BoardDetail> {
  // The cursor is read first: an event that lands in between is replayed, and applying it again changes nothing.
  const lastEventId = await lastBoardEventId(ctx.db, id)
  const board = await boards.findBoard(ctx.db, id)
  if (!board) throw new NotFoundError('Board', id)
  const [project, columns, tasks, executions] = await Promise.all([
    board.project_id ? findLocalProject(ctx, board.project_id) : null,
    listColumns(ctx.db, id),
    listTasks(ctx.db, id),
    listCurrentExecutions(ctx.db, id),
  ])
  return {
    ...board,
    project,
    columns,
    tasks,
    executions: executions.map(presentExecution),
    last_event_id: String(lastEventId),
  }
}

/** A new board with one of the app's own templates. */
export function createBoard(ctx: BoardContext, { template, ...input }: CreateBoard): Promise<Board> {
  return newBoard(ctx, input, (template === 'development' ? DEVELOPMENT : EMPTY).content)
}

export function updateBoard(ctx: BoardContext, { id, ...values }: UpdateBoard): Promise<Board> {
  return changeBoard(ctx, id, async ({ tx, tell, board: before }) => {
    const board = await boards.updateBoard(tx, id, values)
    if (!board) throw new NotFoundError('Board', id)
    tell({ type: 'board_updated', data: board }, ...boardChanges(before, board))
    return board
  })
}

/** To the trash, with all that is on it; `restoreBoard` undoes it. */
export function deleteBoard(ctx: BoardContext, id: BoardId): Promise<{ id: BoardId }> {
  return changeBoard(ctx, id, async (work) => {
    await boards.setBoardTrashed(work.tx, id, ctx.now())
    await cancelAgents(work, { board: id }, ctx.now())
    work.tell(
      { type: 'board_deleted', data: { id } },
      boardActivity(work.board, 'deleted', (name) => `moved the board ${name} to the trash`),
    )
    return { id }
  })
}

export function restoreBoard(ctx: BoardContext, id: BoardId): Promise<Board> {
  return changeBoard(
    ctx,
    id,
    async ({ tx, tell, board }) => {
      const restored = (await boards.setBoardTrashed(tx, id, null)) ?? board
      tell(
        { type: 'board_created', data: restored },
        boardActivity(restored, 'restored', (name) => `restored the board ${name}`),
      )
      return restored
    },
    { trashed: true },
  )
}

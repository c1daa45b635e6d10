import { lastBoardEventId } from '#db/queries/board-events.ts'
import * as boards from '#db/queries/boards.ts'
import { insertColumn, listColumns } from '#db/queries/columns.ts'
import { listCurrentExecutions, presentExecution } from '#db/queries/executions.ts'
import { findProject } from '#db/queries/projects.ts'
import { listTasks } from '#db/queries/tasks.ts'
import type { Board, BoardDetail, BoardListItem, CreateBoard, UpdateBoard } from '#shared/board.ts'
import { keyFor } from '#shared/board-key.ts'
import type { Column } from '#shared/column.ts'
import { NotFoundError } from '#shared/errors.ts'
import { BoardId, ColumnId } from '#shared/ids.ts'
import { boardActivity, boardChanges } from './board-activity.ts'
import { cancelAgents } from './cancel-agents.ts'
import { type BoardContext, changeBoard, makeBoard } from './change-board.ts'

/** The columns of a new board whose cards are done by agents. */
const DEVELOPMENT_COLUMNS: readonly Partial<Column>[] = [
  { name: 'Backlog', is_start_column: true },
  { name: 'In progress', triggers_agents: true, agent_workflow_type: 'development' },
  { name: 'Review', is_review_column: true },
  { name: 'Done', is_end_column: true },
]

export function listBoards(ctx: Pick<BoardContext, 'db'>): Promise<BoardListItem[]> {
  return boards.listBoards(ctx.db)
}

/** The board with its columns, cards and current executions: a fixed number of statements, whatever its size. */
export async function getBoard(ctx: Pick<BoardContext, 'db'>, id: BoardId): Promise<BoardDetail> {
  // The cursor is read first: an event that lands in between is replayed, and applying it again changes nothing.
  const lastEventId = await lastBoardEventId(ctx.db, id)
  const board = await boards.findBoard(ctx.db, id)
  if (!board) throw new NotFoundError('Board', id)
  const [project, columns, tasks, executions] = await Promise.all([
    board.project_id ? findProject(ctx.db, board.project_id) : null,
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

/** A new board; its key is made from its name and is unique for ever. */
export function createBoard(ctx: BoardContext, input: CreateBoard): Promise<Board> {
  const id = BoardId.parse(ctx.newId())
  return makeBoard(ctx, id, async ({ tx, tell }) => {
    if (input.project_id && !(await findProject(tx, input.project_id))) {
      throw new NotFoundError('Project', input.project_id)
    }
    const board = await boards.insertBoard(tx, {
      id,
      name: input.name,
      description: input.description ?? null,
      key: keyFor(input.name, await boards.holdBoardKeys(tx)),
      project_id: input.project_id ?? null,
      settings: {},
    })
    tell(
      { type: 'board_created', data: board },
      boardActivity(board, 'created', (name) => `created the board ${name}`),
    )
    const template = input.template === 'development' ? DEVELOPMENT_COLUMNS : []
    for (const [index, values] of template.entries()) {
      const column = await insertColumn(tx, {
        name: '',
        ...values,
        id: ColumnId.parse(ctx.newId()),
        board_id: id,
        order: index + 1,
      })
      tell({ type: 'column_created', data: column }) // of the template: no news to people
    }
    return board
  })
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

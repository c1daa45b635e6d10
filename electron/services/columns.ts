import * as columns from '#db/queries/columns.ts'
import { listTasksOfColumn } from '#db/queries/tasks.ts'
import type { Column, CreateColumn, MoveColumn, UpdateColumn } from '#shared/column.ts'
import { NotFoundError } from '#shared/errors.ts'
import { type BoardId, ColumnId } from '#shared/ids.ts'
import { calculateOrder, isTooTight } from '#shared/order.ts'
import { cancelAgents } from './cancel-agents.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'

/** At the end of the board (seed 1, BoardService). */
export function createColumn(ctx: BoardContext, input: CreateColumn): Promise<Column> {
  return changeBoard(ctx, input.board_id, async ({ tx, tell }) => {
    const column = await columns.insertColumn(tx, {
      id: ColumnId.parse(ctx.newId()),
      board_id: input.board_id,
      name: input.name,
      order: calculateOrder(await columns.highestColumnOrder(tx, input.board_id), null),
    })
    await tell({ type: 'column_created', data: column })
    return column
  })
}

export async function updateColumn(ctx: BoardContext, { id, ...values }: UpdateColumn): Promise<Column> {
  return changeBoard(ctx, await boardOf(ctx, id), async ({ tx, tell }) => {
    const column = await columns.updateColumn(tx, id, values)
    if (!column) throw new NotFoundError('Column', id)
    await tell({ type: 'column_updated', data: column })
    return column
  })
}

/** To another place on its board. Where no room is left between two columns, all are renumbered. */
export async function moveColumn(ctx: BoardContext, { id, order }: MoveColumn): Promise<Column> {
  return changeBoard(ctx, await boardOf(ctx, id), async (work) => {
    const column = await columns.updateColumn(work.tx, id, { order })
    if (!column) throw new NotFoundError('Column', id)
    await work.tell({ type: 'column_updated', data: column })
    return (await makeRoom(work, column)) ?? column
  })
}

/** To the trash, with its cards; `restoreColumn` undoes it. */
export async function deleteColumn(ctx: BoardContext, id: ColumnId): Promise<{ id: ColumnId }> {
  return changeBoard(ctx, await boardOf(ctx, id), async (work) => {
    if (!(await columns.setColumnTrashed(work.tx, id, ctx.now()))) throw new NotFoundError('Column', id)
    await cancelAgents(work, { column: id }, ctx.now())
    await work.tell({ type: 'column_deleted', data: { id } })
    return { id }
  })
}

/** Out of the trash; its cards are told again, since windows dropped them with the column. */
export async function restoreColumn(ctx: BoardContext, id: ColumnId): Promise<Column> {
  return changeBoard(ctx, await boardOf(ctx, id), async ({ tx, tell }) => {
    const column = await columns.setColumnTrashed(tx, id, null)
    if (!column) throw new NotFoundError('Column', id)
    await tell({ type: 'column_created', data: column })
    for (const task of await listTasksOfColumn(tx, id)) await tell({ type: 'task_created', data: task })
    return column
  })
}

async function boardOf(ctx: BoardContext, id: ColumnId): Promise<BoardId> {
  const boardId = await columns.findBoardOfColumn(ctx.db, id)
  if (!boardId) throw new NotFoundError('Column', id)
  return boardId
}

async function makeRoom({ tx, tell, board }: BoardChange, moved: Column): Promise<Column | undefined> {
  const all = await columns.listColumns(tx, board.id)
  const tight = all.some((column, index) => index > 0 && isTooTight(all[index - 1]?.order ?? 0, column.order))
  if (!tight) return undefined
  let result: Column | undefined
  for (const [index, column] of all.entries()) {
    const renumbered = await columns.updateColumn(tx, column.id, { order: index + 1 })
    if (!renumbered) continue
    if (renumbered.id === moved.id) result = renumbered
    await tell({ type: 'column_updated', data: renumbered })
  }
  return result
}

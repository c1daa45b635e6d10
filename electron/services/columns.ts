import * as columns from '#db/queries/columns.ts'
import { listTasksOfColumn } from '#db/queries/tasks.ts'
import { findWorkflow } from '#db/queries/workflows.ts'
import type { Column, CreateColumn, MoveColumn, UpdateColumn } from '#shared/column.ts'
import { InvalidInputError, NotFoundError } from '#shared/errors.ts'
import { ColumnId } from '#shared/ids.ts'
import { calculateOrder, isTooTight } from '#shared/order.ts'
import { releaseWaiting, type StartContext } from './blockers.ts'
import { columnActivity, columnChanges } from './board-activity.ts'
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
    tell(
      { type: 'column_created', data: column },
      columnActivity(column, 'created', (name) => `added the column ${name}`),
    )
    return column
  })
}

/** A column that becomes an end lets go what its cards block. */
export function updateColumn(
  ctx: BoardContext & StartContext,
  { id, ...values }: UpdateColumn,
): Promise<Column> {
  return changeBoard(ctx, { column: id }, async (work) => {
    const { tx, tell } = work
    const before = await columns.findColumn(tx, id)
    const column = await columns.updateColumn(tx, id, await withWorkflow(tx, values))
    if (!before || !column) throw new NotFoundError('Column', id)
    tell({ type: 'column_updated', data: column }, ...columnChanges(before, column))
    if (column.is_end_column && !before.is_end_column) await releaseWaiting(ctx, work)
    return column
  })
}

/** A workflow of people and a built-in one exclude each other. */
async function withWorkflow(
  tx: BoardChange['tx'],
  values: Omit<UpdateColumn, 'id'>,
): Promise<Omit<UpdateColumn, 'id'>> {
  const { agent_workflow_id: id, agent_workflow_type: type } = values
  if (id) {
    const workflow = await findWorkflow(tx, id)
    if (!workflow) throw new NotFoundError('Workflow', id)
    return { ...values, agent_workflow_type: 'custom' }
  }
  if (type === 'custom')
    throw new InvalidInputError('WORKFLOW_MISSING', 'Choose the workflow that this column starts.')
  return type === undefined ? values : { ...values, agent_workflow_id: null }
}

/** To another place on its board. Where no room is left between two columns, all are renumbered. */
export function moveColumn(ctx: BoardContext, { id, order }: MoveColumn): Promise<Column> {
  return changeBoard(ctx, { column: id }, async (work) => {
    const column = await columns.updateColumn(work.tx, id, { order })
    if (!column) throw new NotFoundError('Column', id)
    work.tell(
      { type: 'column_updated', data: column },
      columnActivity(column, 'moved', (name) => `moved the column ${name}`),
    )
    return (await makeRoom(work, column)) ?? column
  })
}

/** To the trash, with its cards; `restoreColumn` undoes it. */
export function deleteColumn(ctx: BoardContext & StartContext, id: ColumnId): Promise<{ id: ColumnId }> {
  return changeBoard(ctx, { column: id }, async (work) => {
    const column = await columns.setColumnTrashed(work.tx, id, ctx.now())
    if (!column) throw new NotFoundError('Column', id)
    await cancelAgents(work, { column: id }, ctx.now())
    work.tell(
      { type: 'column_deleted', data: { id } },
      columnActivity(column, 'deleted', (name) => `moved the column ${name} to the trash`),
    )
    await releaseWaiting(ctx, work)
    return { id }
  })
}

/** Out of the trash; its cards are told again, since windows dropped them with the column. */
export function restoreColumn(ctx: BoardContext, id: ColumnId): Promise<Column> {
  return changeBoard(ctx, { column: id }, async ({ tx, tell }) => {
    const column = await columns.setColumnTrashed(tx, id, null)
    if (!column) throw new NotFoundError('Column', id)
    tell(
      { type: 'column_created', data: column },
      columnActivity(column, 'restored', (name) => `restored the column ${name}`),
    )
    for (const task of await listTasksOfColumn(tx, id)) tell({ type: 'task_created', data: task })
    return column
  })
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
    tell({ type: 'column_updated', data: renumbered })
  }
  return result
}

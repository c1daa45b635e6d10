import { takeTaskNumber } from '#db/queries/boards.ts'
import { findColumn } from '#db/queries/columns.ts'
import * as tasks from '#db/queries/tasks.ts'
import type { Column } from '#shared/column.ts'
import { NotFoundError, VersionConflictError } from '#shared/errors.ts'
import { type BoardId, type ColumnId, TaskId } from '#shared/ids.ts'
import { calculateOrder, isTooTight } from '#shared/order.ts'
import type { CreateTask, MoveTask, Task, UpdateTask } from '#shared/task.ts'
import type { AppContext } from '../context.ts'
import { cancelAgents } from './cancel-agents.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'
import { requestExecution } from './request-execution.ts'

export async function getTask(ctx: Pick<BoardContext, 'db'>, id: TaskId): Promise<Task> {
  const task = await tasks.findTask(ctx.db, id)
  if (!task) throw new NotFoundError('Task', id)
  return task
}

/** At the bottom of its column (seed 1, BoardService). */
export function createTask(ctx: BoardContext, input: CreateTask): Promise<Task> {
  return changeBoard(ctx, input.board_id, async (work) => {
    await columnOn(work, input.column_id)
    const task = await tasks.insertTask(work.tx, {
      id: TaskId.parse(ctx.newId()),
      board_id: input.board_id,
      column_id: input.column_id,
      number: await takeTaskNumber(work.tx, input.board_id),
      title: input.title,
      description: input.description ?? null,
      priority: input.priority ?? null,
      order: calculateOrder(await tasks.highestTaskOrder(work.tx, input.column_id), null),
    })
    await work.tell({ type: 'task_created', data: task })
    return task
  })
}

export async function updateTask(ctx: BoardContext, { id, version, ...values }: UpdateTask): Promise<Task> {
  return changeBoard(ctx, await boardOf(ctx, id), async ({ tx, tell }) => {
    const task = (await tasks.updateTask(tx, id, values, version)) ?? (await refuse(tx, id, version))
    await tell({ type: 'task_updated', data: task })
    return task
  })
}

/**
 * To another place, if the mover saw the latest version (seed 1, section 6.3). A card that enters a column which
 * starts agents gets its execution in the same transaction; the orchestrator takes it from there.
 */
export async function moveTask(
  ctx: BoardContext & Pick<AppContext, 'orchestrator' | 'config' | 'preferences' | 'instanceId'>,
  move: MoveTask,
): Promise<Task> {
  const { task, executionId } = await changeBoard(ctx, await boardOf(ctx, move.id), async (work) => {
    const before = await tasks.findTask(work.tx, move.id)
    if (!before) throw new NotFoundError('Task', move.id)
    const column = await columnOn(work, move.column_id)
    const moved = (await tasks.moveTask(work.tx, move)) ?? (await refuse(work.tx, move.id, move.version))
    await work.tell({ type: 'task_moved', data: moved })
    const placed = (await makeRoom(work, moved)) ?? moved
    if (!column.triggers_agents || before.column_id === column.id) return { task: placed, executionId: null }
    return requestExecution(ctx, work, placed, { workflow_type: column.agent_workflow_type ?? 'development' })
  })
  if (executionId) ctx.orchestrator.enqueue(executionId)
  return task
}

/** To the trash; `restoreTask` undoes it. */
export async function deleteTask(ctx: BoardContext, id: TaskId): Promise<{ id: TaskId }> {
  return changeBoard(ctx, await boardOf(ctx, id), async (work) => {
    if (!(await tasks.setTaskTrashed(work.tx, id, ctx.now()))) throw new NotFoundError('Task', id)
    await cancelAgents(work, { task: id }, ctx.now())
    await work.tell({ type: 'task_deleted', data: { id } })
    return { id }
  })
}

export async function restoreTask(ctx: BoardContext, id: TaskId): Promise<Task> {
  return changeBoard(ctx, await boardOf(ctx, id), async ({ tx, tell }) => {
    const task = await tasks.setTaskTrashed(tx, id, null)
    if (!task) throw new NotFoundError('Task', id)
    await tell({ type: 'task_created', data: task })
    return task
  })
}

async function boardOf(ctx: Pick<BoardContext, 'db'>, id: TaskId): Promise<BoardId> {
  const boardId = await tasks.findBoardOfTask(ctx.db, id)
  if (!boardId) throw new NotFoundError('Task', id)
  return boardId
}

/** Seed 1: a column of another board is "not found" here. */
async function columnOn({ tx, board }: BoardChange, id: ColumnId): Promise<Column> {
  const column = await findColumn(tx, id)
  if (column?.board_id !== board.id) throw new NotFoundError('Column', id)
  return column
}

async function refuse(tx: BoardChange['tx'], id: TaskId, version: number | undefined): Promise<never> {
  const now = await tasks.findTask(tx, id)
  if (!now || version === undefined) throw new NotFoundError('Task', id)
  throw new VersionConflictError(now.version, version)
}

/** Renumbers the column when a neighbour is so close that no card fits between any more. */
async function makeRoom({ tx, tell }: BoardChange, moved: Task): Promise<Task | undefined> {
  const { previous, next } = await tasks.neighbourOrders(tx, moved)
  const isTight = [previous, next].some((order) => order !== null && isTooTight(order, moved.order))
  if (!isTight) return undefined
  const all = await tasks.listTasksOfColumn(tx, moved.column_id)
  const renumbered = await tasks.renumberTasks(
    tx,
    all.map((task) => task.id),
  )
  for (const task of renumbered) await tell({ type: 'task_moved', data: task })
  return renumbered.find((task) => task.id === moved.id)
}

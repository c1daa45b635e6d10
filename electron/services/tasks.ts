import * as changes from '#db/queries/change-task.ts'
import { findColumn } from '#db/queries/columns.ts'
import * as tasks from '#db/queries/tasks.ts'
import { NotFoundError, VersionConflictError } from '#shared/errors.ts'
import { TaskId } from '#shared/ids.ts'
import { isTooTight } from '#shared/order.ts'
import type { CreateTask, MoveTask, Task, UpdateTask } from '#shared/task.ts'
import type { AppContext } from '../context.ts'
import { cancelAgents } from './cancel-agents.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'
import { requestExecution } from './request-execution.ts'
import { cardActivity, cardChanges, cardMoved } from './task-activity.ts'

export async function getTask(ctx: Pick<BoardContext, 'db'>, id: TaskId): Promise<Task> {
  const task = await tasks.findTask(ctx.db, id)
  if (!task) throw new NotFoundError('Task', id)
  return task
}

/** At the bottom of its column (seed 1, BoardService). */
export function createTask(ctx: BoardContext, input: CreateTask): Promise<Task> {
  return changeBoard(ctx, input.board_id, async ({ tx, tell, board }) => {
    const made = await changes.appendTask(tx, TaskId.parse(ctx.newId()), input)
    if (!made) throw new NotFoundError('Column', input.column_id)
    const { task, column } = made
    tell(
      { type: 'task_created', data: task },
      cardActivity(board, task, 'created', (card) => `created ${card} in ${column}`, { column }),
    )
    return task
  })
}

export function updateTask(ctx: BoardContext, { id, version, ...values }: UpdateTask): Promise<Task> {
  return changeBoard(ctx, { task: id }, async ({ tx, tell, board }) => {
    const { before, after } =
      (await changes.updateTask(tx, id, values, version)) ?? (await refuse(tx, id, version))
    tell({ type: 'task_updated', data: after }, ...cardChanges(board, before, after))
    return after
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
  const { task, executionId } = await changeBoard(ctx, { task: move.id }, async (work) => {
    const moved = (await changes.moveTask(work.tx, move)) ?? (await refuseMove(work, move))
    const { from, to } = moved
    work.tell({ type: 'task_moved', data: moved.task }, cardMoved(work.board, moved.task, from.name, to.name))
    const placed = (await makeRoom(work, moved)) ?? moved.task
    if (!to.triggers_agents || from.id === to.id) return { task: placed, executionId: null }
    return requestExecution(ctx, work, placed, { workflow_type: to.agent_workflow_type ?? 'development' })
  })
  if (executionId) ctx.orchestrator.enqueue(executionId)
  return task
}

/** To the trash; `restoreTask` undoes it. */
export function deleteTask(ctx: BoardContext, id: TaskId): Promise<{ id: TaskId }> {
  return changeBoard(ctx, { task: id }, async (work) => {
    const task = await tasks.setTaskTrashed(work.tx, id, ctx.now())
    if (!task) throw new NotFoundError('Task', id)
    await cancelAgents(work, { task: id }, ctx.now())
    work.tell(
      { type: 'task_deleted', data: { id } },
      cardActivity(work.board, task, 'deleted', (card) => `moved ${card} to the trash`),
    )
    return { id }
  })
}

export function restoreTask(ctx: BoardContext, id: TaskId): Promise<Task> {
  return changeBoard(ctx, { task: id }, async ({ tx, tell, board }) => {
    const task = await tasks.setTaskTrashed(tx, id, null)
    if (!task) throw new NotFoundError('Task', id)
    tell(
      { type: 'task_created', data: task },
      cardActivity(board, task, 'restored', (card) => `restored ${card}`),
    )
    return task
  })
}

/** Seed 1: a column of another board is "not found" here. */
async function refuseMove({ tx, board }: BoardChange, { id, column_id, version }: MoveTask): Promise<never> {
  if (!(await tasks.findTask(tx, id))) throw new NotFoundError('Task', id)
  const column = await findColumn(tx, column_id)
  if (column?.board_id !== board.id) throw new NotFoundError('Column', column_id)
  return refuse(tx, id, version)
}

async function refuse(tx: BoardChange['tx'], id: TaskId, version: number | undefined): Promise<never> {
  const now = await tasks.findTask(tx, id)
  if (!now || version === undefined) throw new NotFoundError('Task', id)
  throw new VersionConflictError(now.version, version)
}

/** Renumbers the column when a neighbour is so close that no card fits between any more. */
async function makeRoom(
  { tx, tell }: BoardChange,
  { task, previous, next }: changes.MovedTask,
): Promise<Task | undefined> {
  const isTight = [previous, next].some((order) => order !== null && isTooTight(order, task.order))
  if (!isTight) return undefined
  const all = await tasks.listTasksOfColumn(tx, task.column_id)
  const renumbered = await tasks.renumberTasks(
    tx,
    all.map((each) => each.id),
  )
  for (const each of renumbered) tell({ type: 'task_moved', data: each })
  return renumbered.find((each) => each.id === task.id)
}

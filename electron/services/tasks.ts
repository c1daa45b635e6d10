import type { Db } from '#db/client.ts'
import * as changes from '#db/queries/change-task.ts'
import { findColumn } from '#db/queries/columns.ts'
import * as tasks from '#db/queries/tasks.ts'
import { countChecklist } from '#shared/checklist.ts'
import { NotFoundError, VersionConflictError } from '#shared/errors.ts'
import { TaskId } from '#shared/ids.ts'
import {
  type ChangedTasks,
  type CreateTask,
  type DuplicateTasks,
  type MoveTask,
  Task,
  type UpdateTask,
} from '#shared/task.ts'
import { assigneeNames } from './assignee.ts'
import { releaseWaiting, type StartContext, startOrWait } from './blockers.ts'
import { boardOf, onCard } from './card-board.ts'
import { type BoardChange, type BoardContext, changeBoard, changeBoardFrom } from './change-board.ts'
import { applyChanges } from './change-tasks.ts'
import { keepLimit, refuseArchived, refuseTransition } from './column-rules.ts'
import { refuseUnknownLabels } from './labels.ts'
import { makeRoom } from './make-room.ts'
import { above, cardActivity, cardChanges, cardMoved } from './task-activity.ts'

type CardContext = BoardContext & StartContext

export async function getTask(ctx: Pick<BoardContext, 'db'>, id: TaskId): Promise<Task> {
  const task = await tasks.findTask(ctx.db, id)
  if (!task) throw new NotFoundError('Task', id)
  return task
}

/** At the bottom of its column (seed 1, BoardService), unless it is to be elsewhere. */
export function createTask(ctx: BoardContext, input: CreateTask): Promise<Task> {
  const insert = (tx: Db) => insertCard(ctx, tx, input)
  const add = (work: BoardChange, added: Awaited<ReturnType<typeof insertCard>>) =>
    noteAdded(work, input, added)
  return onCard(ctx, changeBoardFrom(ctx, input.board_id, insert, add, { sharedOn: input.board_id }))
}

/** A copy of a card right below it, as open as a new one; what others said about it and what agents did stays behind. */
export function duplicateTask(ctx: BoardContext, id: TaskId, force?: boolean): Promise<Task> {
  return changeBoard(ctx, { task: id }, (work) => addCopy(ctx, work, id, force))
}

/** The same of many cards of a board, all of them or none; the copies in the order in which the cards were named. */
export function duplicateTasks(
  ctx: BoardContext,
  { board_id, ids, force }: DuplicateTasks,
): Promise<ChangedTasks> {
  return changeBoard(ctx, board_id, async (work) => {
    const copies: Task[] = []
    for (const id of ids) copies.push(await addCopy(ctx, work, id, force))
    return { tasks: copies }
  })
}

async function addCopy(ctx: BoardContext, work: BoardChange, id: TaskId, force?: boolean): Promise<Task> {
  const task = await tasks.findTask(work.tx, id)
  if (task?.board_id !== work.board.id) throw new NotFoundError('Task', id)
  const { board_id, column_id, title, description, acceptance_criteria, label_ids } = task
  const { assigned_to, priority, due_date, estimate } = task
  const fields = {
    title,
    description,
    acceptance_criteria,
    label_ids,
    assigned_to,
    priority,
    due_date,
    estimate,
  }
  const order = await tasks.orderBelow(work.tx, task)
  return addCard(ctx, work, { ...fields, board_id, column_id, order, force }, task)
}

async function addCard(
  ctx: BoardContext,
  work: BoardChange,
  card: CreateTask,
  original?: Task,
): Promise<Task> {
  return noteAdded(work, card, await insertCard(ctx, work.tx, card), original)
}

function insertCard(ctx: BoardContext, tx: Db, { force: _, ...card }: CreateTask) {
  const { done, total } = countChecklist(card.description, card.acceptance_criteria)
  const counts = { checklist_done: done, checklist_total: total }
  return changes.addTask(tx, TaskId.parse(ctx.newId()), { ...card, ...counts })
}

/** What else is to be done and said of a card that was inserted; null: its column is not on the board. */
async function noteAdded(
  work: BoardChange,
  { force, ...card }: CreateTask,
  added: Awaited<ReturnType<typeof insertCard>>,
  original?: Task,
): Promise<Task> {
  const { board, tell } = work
  if (card.label_ids) await refuseUnknownLabels(work, card.label_ids)
  if (!added) throw new NotFoundError('Column', card.column_id)
  const { task, to } = added
  const forced = await keepLimit(work, { column: to, count: (to.others ?? 0) + 1, arrived: [task.id] }, force)
  const from = original ? ` as a copy of ${board.key}-${original.number}` : ''
  tell(
    { type: 'task_created', data: task },
    cardActivity(board, task, 'created', (name) => `created ${name} in ${to.name}${from}${above(forced)}`, {
      column: to.name,
      column_id: to.id,
      ...(forced ? { forced } : {}),
    }),
  )
  return (await makeRoom(work, added)) ?? task
}

export function updateTask(ctx: BoardContext, { id, version, ...values }: UpdateTask): Promise<Task> {
  const update = (tx: Db) => changes.updateTask(tx, id, values, version)
  const change = async (work: BoardChange, updated: changes.TaskChange | null) => {
    const { tx, board, tell } = work
    const changed = updated ?? (await refuse(tx, id, version))
    if (values.label_ids) await refuseUnknownLabels(work, values.label_ids)
    const after = await withChecklist(work, changed.after)
    const names = await assigneeNames(tx, [changed])
    tell({ type: 'task_updated', data: after }, ...cardChanges(board, changed, names))
    return after
  }
  return onCard(ctx, changeBoardFrom(ctx, { task: id }, update, change, { sharedOn: boardOf(ctx, id) }))
}

/** The card with the ticked and all items of its texts counted anew, where they are not what they were. */
async function withChecklist({ tx }: BoardChange, task: Task): Promise<Task> {
  const { done, total } = countChecklist(task.description, task.acceptance_criteria)
  if (done === task.checklist_done && total === task.checklist_total) return task
  return tasks.setChecklist(tx, task.id, { done, total })
}

/**
 * To another place, if the mover saw the latest version (seed 1, section 6.3) and the board's rules allow it. A card that
 * enters a column which starts agents gets its execution in the same transaction, or waits for what blocks it; the
 * orchestrator takes it from there.
 */
export function moveTask(ctx: CardContext, move: MoveTask): Promise<Task> {
  const first = (tx: Db) => changes.moveTask(tx, move)
  const change = async (work: BoardChange, begun: changes.MovedTask | null) => {
    const moved = begun ?? (await refuseMove(work, move))
    const { from, to, task } = moved
    const forced = await keepRules(work, moved, move.force)
    work.tell({ type: 'task_moved', data: task }, cardMoved(work.board, task, from, to, forced))
    const placed = (await makeRoom(work, moved)) ?? task
    if (from.id === to.id) return placed
    if (moved.may_release) await releaseWaiting(ctx, work)
    return to.triggers_agents ? startOrWait(ctx, work, placed, to) : placed
  }
  return onCard(
    ctx,
    changeBoardFrom(ctx, { task: move.id }, first, change, { sharedOn: boardOf(ctx, move.id) }),
  )
}

async function keepRules(work: BoardChange, moved: changes.MovedTask, force?: boolean): Promise<boolean> {
  const { from, to, task, is_allowed } = moved
  if (!is_allowed) await refuseTransition(work, from, to)
  if (to.others === null) return false
  return keepLimit(work, { column: to, count: to.others + 1, arrived: [task.id] }, force)
}

/** To the trash; `restoreTask` undoes it. What it blocks need not wait for it any more. */
export function deleteTask(ctx: CardContext, id: TaskId): Promise<{ id: TaskId }> {
  return changeBoard(ctx, { task: id }, async (work) => {
    await refuseWhere(work, id, 'trash')
    await applyChanges(ctx, work, { changes: [{ id, trashed: true }] })
    return { id }
  })
}

/** Into the column where it was; forced also when that is full by now. */
export function restoreTask(ctx: CardContext, id: TaskId, force?: boolean): Promise<Task> {
  return changeBoard(ctx, { task: id }, async (work) => {
    await refuseWhere(work, id, 'board')
    const { tasks } = await applyChanges(ctx, work, { changes: [{ id, trashed: false }], force })
    return Task.parse(tasks[0])
  })
}

async function refuseWhere({ tx, board }: BoardChange, id: TaskId, where: 'trash' | 'board'): Promise<void> {
  const [card] = await tasks.listCards(tx, board.id, [id])
  if (!card || (card.deleted_at === null) === (where === 'board')) throw new NotFoundError('Task', id)
}

/** Seed 1: a column of another board is "not found" here. */
async function refuseMove({ tx, board }: BoardChange, { id, column_id, version }: MoveTask): Promise<never> {
  const task = await tasks.findTask(tx, id)
  if (!task) throw new NotFoundError('Task', id)
  const column = await findColumn(tx, column_id)
  if (column?.board_id !== board.id) throw new NotFoundError('Column', column_id)
  if (task.archived_at) refuseArchived()
  return refuse(tx, id, version)
}

async function refuse(tx: BoardChange['tx'], id: TaskId, version: number | undefined): Promise<never> {
  const now = await tasks.findTask(tx, id)
  if (!now || version === undefined) throw new NotFoundError('Task', id)
  throw new VersionConflictError(now.version, version)
}

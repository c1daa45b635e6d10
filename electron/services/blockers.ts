import { findColumn } from '#db/queries/columns.ts'
import {
  type Blocker,
  listBlockers,
  listBoardsThatWait,
  listWaiting,
  setWaiting,
} from '#db/queries/task-links.ts'
import type { Column } from '#shared/column.ts'
import { isBlockerDone } from '#shared/dependency.ts'
import { AppError, RefusedError } from '#shared/errors.ts'
import type { ExecutionId, TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import type { AppContext } from '../context.ts'
import { type BoardChange, type BoardContext, changeBoard } from './change-board.ts'
import { refuseHalfMerged } from './half-merged.ts'
import { type RequestContext, requestExecution } from './request-execution.ts'
import { cardName } from './task-activity.ts'

/** What a column says about the agents that it starts. */
export type StartingColumn = Pick<Column, 'agent_workflow_type' | 'agent_workflow_id'>

export type StartContext = RequestContext & Pick<AppContext, 'orchestrator'>

/** What each of these cards waits for; a card that waits for nothing is left out. */
export async function openBlockersOf(
  { tx }: Pick<BoardChange, 'tx'>,
  ids: TaskId[],
): Promise<ReadonlyMap<TaskId, Blocker[]>> {
  const open = new Map<TaskId, Blocker[]>()
  for (const blocker of await listBlockers(tx, ids)) {
    const endColumns = new Set(blocker.isInEndColumn ? [blocker.column_id] : [])
    if (isBlockerDone(blocker, endColumns)) continue
    open.set(blocker.blocks, [...(open.get(blocker.blocks) ?? []), blocker])
  }
  return open
}

/** Refuses to start a card that others block, naming them. */
export async function refuseBlocked(work: BoardChange, task: Task): Promise<void> {
  const blockers = (await openBlockersOf(work, [task.id])).get(task.id)
  if (!blockers) return
  const names = blockers.map((blocker) => cardName(work.board, blocker))
  throw new RefusedError(
    'TASK_BLOCKED',
    `${cardName(work.board, task)} waits for ${listOf(names)}. Finish what blocks it, or start it all the same.`,
    { blockers: blockers.map(({ id }) => id) },
  )
}

/**
 * Starts the agents on cards that came to a column which starts them; one that others block waits there instead, and
 * starts by itself when the last of them is done.
 */
export async function startOrWait(
  ctx: StartContext,
  work: BoardChange,
  task: Task,
  column: StartingColumn,
): Promise<Task> {
  const isBlocked = (await openBlockersOf(work, [task.id])).has(task.id)
  if (!isBlocked) {
    await refuseHalfMerged(ctx, work.tx, work.board.project_id)
    return start(ctx, work, task, column)
  }
  const waiting = await setWaiting(work.tx, task.id, true)
  work.tell({ type: 'task_updated', data: waiting })
  return waiting
}

/**
 * Lets go those cards of the board whose last blocker is done by now: in a column that starts agents they start, else
 * they only do not wait any more. For every change by which a blocker may be done; the board's lock makes it happen
 * once, whoever comes first. Gives the cards that do not wait any more.
 */
export async function releaseWaiting(ctx: StartContext, work: BoardChange): Promise<Task[]> {
  const waiting = await listWaiting(work.tx, work.board.id)
  if (waiting.length === 0) return []
  const open = await openBlockersOf(
    work,
    waiting.map(({ id }) => id),
  )
  const released: Task[] = []
  for (const task of waiting.filter(({ id }) => !open.has(id))) {
    const free = await setWaiting(work.tx, task.id, false)
    work.tell({ type: 'task_updated', data: free })
    const column = await findColumn(work.tx, free.column_id)
    released.push(column?.triggers_agents ? await start(ctx, work, free, column) : free)
  }
  return released
}

/** Looks after cards whose blockers became done where nobody could let them go: by an older app, or just before a crash. */
export async function releaseEverywhere(ctx: BoardContext & StartContext): Promise<void> {
  for (const boardId of await listBoardsThatWait(ctx.db)) {
    const waiting = await listWaiting(ctx.db, boardId)
    const open = await openBlockersOf(
      { tx: ctx.db },
      waiting.map(({ id }) => id),
    )
    if (waiting.every(({ id }) => open.has(id))) continue
    await changeBoard(ctx, boardId, (work) => releaseWaiting(ctx, work)).catch((error: unknown) => {
      if (!(error instanceof AppError)) throw error // the board went to the trash meanwhile
    })
  }
}

async function start(
  ctx: StartContext,
  work: BoardChange,
  task: Task,
  column: StartingColumn,
): Promise<Task> {
  const requested = await requestExecution(ctx, work, task, {
    workflow_type: column.agent_workflow_type ?? 'development',
    workflow_id: column.agent_workflow_id,
  })
  enqueueAfter(ctx, work, requested.executionId)
  return requested.task
}

/** Hands an execution to this app's orchestrator once it is committed. */
export function enqueueAfter(ctx: StartContext, work: BoardChange, id: ExecutionId | null): void {
  if (id) work.after(() => ctx.orchestrator.enqueue(id))
}

/** "A", "A and B", "A, B and C". */
export function listOf(names: readonly string[]): string {
  const last = names.at(-1) ?? ''
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${last}` : last
}

import { lstat } from 'node:fs/promises'
import * as queries from '#db/queries/budgets.ts'
import { findExecution, presentExecution } from '#db/queries/executions.ts'
import { findWorkspace } from '#db/queries/workspaces.ts'
import type { Budget, ExecutionLimit, SetBudget, SetExecutionBudget } from '#shared/budget.ts'
import { AppError, BudgetError, NotFoundError } from '#shared/errors.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { BoardId, ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { isUsedUp, SCOPES } from '../gateway/decide-call.ts'
import { record } from '../orchestrator/record.ts'
import { UNKNOWN_PRICE } from '../providers/pricing.ts'
import { boardActivity } from './board-activity.ts'
import { changeBoard, changeSigned } from './change-board.ts'
import { type ExecutionContext, resumeExecution } from './executions.ts'

export type BudgetContext = ExecutionContext & Pick<AppContext, 'meter' | 'log'>

/** Those of a board and of all boards together; without a board all that there are. */
export function listBudgets(ctx: Pick<AppContext, 'db'>, boardId: BoardId | null): Promise<Budget[]> {
  return queries.listBudgets(ctx.db, boardId, UNKNOWN_PRICE)
}

/** All limits that hold for an execution, as its next call would find them: the run's own, its board's month, all boards'. */
export async function limitsOfExecution(
  ctx: Pick<AppContext, 'db'>,
  id: ExecutionId,
): Promise<ExecutionLimit[]> {
  const state = await queries.readBudgetState(ctx.db, id, UNKNOWN_PRICE)
  if (!state) throw new NotFoundError('Execution', id)
  return SCOPES.flatMap((scope) => {
    const budget = state[scope]
    return budget ? [{ scope, ...budget, is_used_up: isUsedUp(budget) }] : []
  })
}

/** Sets, changes or takes away a limit; what it had stopped and is now paid for goes on. Gives the limits as they are. */
export async function setBudget(ctx: BudgetContext, input: SetBudget): Promise<Budget[]> {
  const { board_id, period, limit_usd } = input
  if (board_id === null) await changeSigned(ctx, (tx) => write(tx, input))
  else {
    await changeBoard(ctx, board_id, async ({ tx, board, tell }) => {
      await write(tx, input)
      const what = period === 'month' ? 'budget for a month' : 'budget of a run'
      const line = (name: string) =>
        limit_usd === null
          ? `took away the ${what} on the board ${name}`
          : `set the ${what} on the board ${name} to $${limit_usd.toFixed(2)}`
      tell({ type: 'board_updated', data: board }, boardActivity(board, 'updated', line))
    })
  }
  await resumeStopped(ctx, board_id)
  return listBudgets(ctx, board_id)
}

type Tx = Parameters<Parameters<typeof changeSigned>[1]>[0]

function write(tx: Tx, { board_id, period, limit_usd }: SetBudget): Promise<void> {
  return limit_usd === null
    ? queries.removeBudget(tx, board_id, period)
    : queries.saveBudget(tx, board_id, period, limit_usd)
}

/** Sets the limit of one execution, or gives it that of its board again; goes on with it when that had stopped it. */
export async function setExecutionBudget(
  ctx: BudgetContext,
  { id, limit_usd }: SetExecutionBudget,
): Promise<ExecutionSummary> {
  const text =
    limit_usd === null
      ? 'The limit of this run is that of its board now.'
      : `The limit of this run is $${limit_usd.toFixed(2)} now.`
  const { row } = await record(ctx, id, { type: 'note' }, async ({ set, log }) => {
    set({ budget_usd: limit_usd })
    log({ type: 'notice', level: 'info', text })
  })
  const stopped = await queries.listStoppedByBudget(ctx.db, row.board_id)
  if (stopped.some((one) => one.id === id)) await resumeIfPaid(ctx, id)
  const now = await findExecution(ctx.db, id)
  if (!now) throw new NotFoundError('Execution', id)
  return presentExecution(now)
}

/** Goes on with all that a budget stopped and that is paid for now, on one board or on all. */
export async function resumeStopped(ctx: BudgetContext, boardId: BoardId | null): Promise<void> {
  for (const { id } of await queries.listStoppedByBudget(ctx.db, boardId)) await resumeIfPaid(ctx, id)
}

async function resumeIfPaid(ctx: BudgetContext, id: ExecutionId): Promise<void> {
  try {
    await ctx.meter.left({ executionId: id }, AbortSignal.timeout(LOOK_MS))
    const isHere = await hasWorkspace(ctx, id)
    const text = isHere
      ? 'There is budget again: going on.'
      : 'There is budget again. Its workspace is on another machine: resume it there.'
    await record(ctx, id, { type: 'note' }, async ({ log }) => log({ type: 'notice', level: 'info', text }))
    if (isHere) await resumeExecution(ctx, id)
  } catch (error) {
    if (error instanceof BudgetError) return // stopped by another limit as well
    if (!(error instanceof AppError)) throw error
    ctx.log.info({ err: error, execution_id: id }, 'an execution that a budget stopped could not go on')
  }
}

const LOOK_MS = 10_000

async function hasWorkspace({ db }: Pick<AppContext, 'db'>, id: ExecutionId): Promise<boolean> {
  const stored = await findWorkspace(db, id)
  return stored === null || (await lstat(stored.path).catch(() => null)) !== null
}

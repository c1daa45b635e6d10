import type { Db } from '#db/client.ts'
import { appendExecutionEvents } from '#db/queries/execution-events.ts'
import {
  type ExecutionChange,
  type ExecutionRow,
  findExecution,
  presentExecution,
  updateExecution,
} from '#db/queries/executions.ts'
import { listSteps } from '#db/queries/steps.ts'
import { findCard } from '#db/queries/tasks.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId, StepId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { type BoardChange, changeBoard } from '../services/change-board.ts'
import { type Command, decide } from './decide.ts'
import { actorOf, factActivity } from './execution-activity.ts'
import { tellPeople } from './execution-notices.ts'
import { type ExecutionState, evolve, type Fact } from './state.ts'

export type RecordContext = Pick<AppContext, 'db' | 'wakeups' | 'now' | 'newId' | 'actor'>

/** What a reaction to a command may do in the same transaction. */
export interface Recording {
  work: BoardChange
  row: ExecutionRow
  state: ExecutionState
  facts: readonly Fact[]
  /** More values for the execution's row. */
  set(values: ExecutionChange): void
  /** A line of the execution's log. */
  log(body: ExecutionEventBody, stepId?: StepId | null): void
  /** What to do once the execution's row says what is true now. */
  afterwards(act: () => Promise<unknown>): void
}

/**
 * Decides a command on the stored state and writes all that follows in one transaction: the row, the log, the
 * board's event, and what `also` adds. The board's lock makes deciders queue. Throws what `decide` refuses.
 */
export async function record(
  ctx: RecordContext,
  id: ExecutionId,
  command: Command,
  also?: (recording: Recording) => Promise<void>,
): Promise<{ row: ExecutionRow; state: ExecutionState }> {
  const found = await findExecution(ctx.db, id)
  if (!found) throw new NotFoundError('Execution', id)
  const change = async (work: BoardChange) => {
    const before = await loadState(work.tx, id)
    const facts = decide(before.state, command)
    const state = facts.reduce(evolve, before.state)
    const values: ExecutionChange = Object.assign({}, ...facts.map((fact) => changeOf(fact, ctx.now())))
    const lines: { body: ExecutionEventBody; created_at: Date; stepId: StepId | null }[] = []
    const log: Recording['log'] = (body, stepId = null) => lines.push({ body, created_at: ctx.now(), stepId })
    let settle: () => Promise<unknown> = async () => {}
    await also?.({
      work,
      row: before.row,
      state,
      facts,
      log,
      set: (more) => Object.assign(values, more),
      afterwards: (act) => {
        settle = act
      },
    })
    for (const fact of facts) for (const body of linesOf(fact)) log(body) // after what led to it
    for (const { stepId, ...line } of lines) await appendExecutionEvents(work.tx, id, stepId, [line])
    const row = await updateExecution(work.tx, id, { ...values, iteration: state.iteration })
    if (!row) throw new NotFoundError('Execution', id)
    const card = await findCard(work.tx, row.task_id)
    const news = card ? facts.flatMap((fact) => factActivity(work.board, card, before.row, fact)) : []
    work.tell({ type: 'execution_updated', data: presentExecution(row) }, ...news)
    work.wake(`execution:${id}`)
    await tellPeople(work, before.row, facts, ctx.now())
    await settle()
    return { row, state }
  }
  // Also on a board in the trash: its agents still have to be ended.
  const actor = actorOf(command, found, ctx.actor())
  const result = await changeBoard(ctx, found.board_id, change, { trashed: true, actor })
  ctx.wakeups.wake(`execution:${id}`)
  return result
}

/** The stored state of an execution. */
export async function loadState(
  db: Db,
  id: ExecutionId,
): Promise<{ row: ExecutionRow; state: ExecutionState }> {
  const row = await findExecution(db, id)
  if (!row) throw new NotFoundError('Execution', id)
  const steps = await listSteps(db, id)
  return {
    row,
    state: {
      status: row.status,
      resolution: row.resolution,
      workflow: row.workflow_type,
      iteration: row.iteration,
      maxIterations: row.max_iterations,
      finished: steps.flatMap(({ phase, iteration, verdict, status }) =>
        status === 'completed' ? [{ phase, iteration, verdict }] : [],
      ),
    },
  }
}

function changeOf(fact: Fact, now: Date): ExecutionChange {
  switch (fact.type) {
    case 'started':
      return { status: 'running', started_at: now, failure_kind: null, error_message: null }
    case 'resumed':
      return {
        status: 'running',
        max_iterations: fact.maxIterations,
        completed_at: null,
        failure_kind: null,
        error_message: null,
        result_summary: null,
        cancel_requested_at: null,
      }
    case 'step_started':
      return { current_phase: fact.phase, iteration: fact.iteration }
    case 'step_finished':
      return {}
    case 'completed':
      return { status: 'completed', completed_at: now, current_phase: null, result_summary: fact.message }
    case 'blocked':
      return { status: 'blocked', completed_at: now, current_phase: null, error_message: fact.message }
    case 'failed':
      return { status: 'failed', completed_at: now, failure_kind: fact.kind, error_message: fact.message }
    case 'cancelled':
      return {
        status: 'cancelled',
        completed_at: now,
        error_message: 'Cancelled. The work so far is kept on the branch.',
      }
    case 'interrupted':
      return {
        status: 'interrupted',
        completed_at: now,
        error_message: fact.message,
      }
    case 'merged':
    case 'discarded':
      return { resolution: fact.type }
  }
}

function linesOf(fact: Fact): ExecutionEventBody[] {
  switch (fact.type) {
    case 'started':
    case 'resumed':
      return [{ type: 'status', status: 'running', message: fact.type === 'resumed' ? 'Resumed.' : null }]
    case 'completed':
    case 'blocked':
    case 'failed':
      return [{ type: 'status', status: fact.type, message: fact.message }]
    case 'cancelled':
    case 'interrupted':
      return [{ type: 'status', status: fact.type, message: null }]
    case 'merged':
      return [{ type: 'notice', level: 'info', text: 'Merged into the base branch.' }]
    case 'discarded':
      return [
        {
          type: 'notice',
          level: 'info',
          text: 'Discarded. The work is kept in a hidden ref of the repository.',
        },
      ]
    default:
      return []
  }
}

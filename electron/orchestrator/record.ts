import type { Db } from '#db/client.ts'
import { changeExecution, type NewLine } from '#db/queries/execution-events.ts'
import { findStoredState, type StoredState } from '#db/queries/execution-state.ts'
import {
  type ExecutionChange,
  type ExecutionRow,
  findExecution,
  presentExecution,
} from '#db/queries/executions.ts'
import { findCard } from '#db/queries/tasks.ts'
import { assertNever } from '#shared/assert-never.ts'
import { cutText } from '#shared/cut-text.ts'
import { NotFoundError } from '#shared/errors.ts'
import { isActive } from '#shared/execution.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { ExecutionId, StepId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { type BoardChange, changeBoardFrom } from '../services/change-board.ts'
import { type Command, decide } from './decide.ts'
import { type Attributed, actorOf, factActivity, isTold } from './execution-activity.ts'
import { tellPeople } from './execution-notices.ts'
import { withdrawLeftOver } from './left-over-approvals.ts'
import { type ExecutionState, evolve, type Fact } from './state.ts'
import { stateOf } from './stored-state.ts'

export type RecordContext = Pick<AppContext, 'db' | 'wakeups' | 'now' | 'newId' | 'actor'>

/** A command of the person that depends on what is written before it, in the same transaction. */
export type CommandOf = (work: BoardChange) => Promise<Command>

/** An execution whose row the caller has read before: who acts for it is known without asking again. */
export type KnownExecution = Attributed & Pick<ExecutionRow, 'id'>

/** What a reaction to a command may do in the same transaction. */
export interface Recording {
  work: BoardChange
  row: ExecutionRow
  state: ExecutionState
  facts: readonly Fact[]
  /** More values for the execution's row. */
  set(values: ExecutionChange): void
  /** Notes a statement whose answer nothing here depends on: the next ones need not wait for it. */
  send(statement: Promise<unknown>): void
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
  of: ExecutionId | KnownExecution,
  command: Command | CommandOf,
  also?: (recording: Recording) => Promise<void>,
): Promise<{ row: ExecutionRow; state: ExecutionState }> {
  const found = typeof of === 'string' ? await findExecution(ctx.db, of) : of
  if (!found) throw new NotFoundError('Execution', String(of))
  const { id } = found
  const change = async (work: BoardChange, locked: StoredState | null) => {
    const wanted = typeof command === 'function' ? await command(work) : command
    // What the command has done to it counts as well.
    const before = typeof command === 'function' ? await loadState(work.tx, id) : stateIn(locked, id)
    const facts = decide(before.state, wanted)
    const state = facts.reduce(evolve, before.state)
    const values: ExecutionChange = Object.assign(
      {},
      ...facts.map((fact) => changeOf(fact, before.row, ctx.now())),
    )
    const lines: NewLine[] = []
    const log: Recording['log'] = (body, stepId = null) =>
      lines.push({ body, created_at: ctx.now(), step_id: stepId })
    const sent: Promise<unknown>[] = []
    let settle: () => Promise<unknown> = async () => {}
    await also?.({
      work,
      row: before.row,
      state,
      facts,
      log,
      set: (more) => Object.assign(values, more),
      send: (statement) => {
        statement.catch(() => {}) // whoever waits for it below hears of it
        sent.push(statement)
      },
      afterwards: (act) => {
        settle = act
      },
    })
    for (const fact of facts) for (const body of linesOf(fact)) log(body) // after what led to it
    const [row] = await Promise.all([
      changeExecution(work.tx, id, { ...values, iteration: state.iteration }, lines),
      ...sent,
    ])
    if (!row) throw new NotFoundError('Execution', id)
    const told = facts.filter((fact) => isTold(before.row, fact))
    const card = told.length > 0 ? await findCard(work.tx, row.task_id) : null
    const news = card ? told.flatMap((fact) => factActivity(work.board, card, before.row, fact)) : []
    work.tell({ type: 'execution_updated', data: presentExecution(row) }, ...news)
    work.wake(`execution:${id}`)
    work.wake('agents')
    await tellPeople(work, before.row, facts, ctx.now())
    await withdrawLeftOver(work, id, facts)
    await settle()
    return { row, state }
  }
  // Also on a board in the trash: its agents still have to be ended.
  const actor = typeof command === 'function' ? ctx.actor() : actorOf(command, found, ctx.actor())
  const first = (tx: Db) => (typeof command === 'function' ? Promise.resolve(null) : findStoredState(tx, id))
  const result = await changeBoardFrom(ctx, { execution: id }, first, change, { trashed: true, actor })
  ctx.wakeups.wake(`execution:${id}`)
  return result
}

/** What waits for a person holds no process, so it is nobody's; whoever lets it go on takes it. */
const NOBODYS = { owner_id: null, lease_expires_at: null } satisfies ExecutionChange

/** The stored state of an execution. */
export async function loadState(
  db: Db,
  id: ExecutionId,
): Promise<{ row: ExecutionRow; state: ExecutionState }> {
  return stateIn(await findStoredState(db, id), id)
}

function stateIn(found: StoredState | null, id: ExecutionId): { row: ExecutionRow; state: ExecutionState } {
  if (!found) throw new NotFoundError('Execution', id)
  const { row, steps, waiting } = found
  return { row, state: stateOf(row, steps, isActive(row.status) ? waiting : 0) }
}

function changeOf(fact: Fact, row: ExecutionRow, now: Date): ExecutionChange {
  switch (fact.type) {
    case 'started':
      return { status: 'running', started_at: now, failure_kind: null, error_message: null }
    case 'resumed':
      return {
        status: 'running',
        started_at: row.started_at ?? now,
        max_iterations: fact.maxIterations,
        paused_at: null,
        completed_at: null,
        failure_kind: null,
        error_message: null,
        result_summary: null,
        cancel_requested_at: null,
      }
    case 'step_started':
      return { current_phase: fact.phase, activity_line: null }
    case 'step_finished':
      return {}
    case 'questions_asked':
      return { status: 'awaiting_clarification', ...NOBODYS }
    case 'questions_answered':
    case 'gate_passed':
    case 'plan_returned':
    case 'permission_settled':
      return { status: 'running' }
    case 'gate_reached':
      return {
        status: 'awaiting_approval',
        current_phase: 'gate',
        activity_line: cutText(fact.question, 300), // why it waits
        ...NOBODYS,
      }
    case 'permission_asked':
      return { status: 'awaiting_approval' }
    case 'paused':
      return { status: 'paused', paused_at: now, ...NOBODYS }
    case 'completed':
      return {
        status: 'completed',
        completed_at: now,
        current_phase: null,
        failure_kind: null,
        error_message: null,
        result_summary: fact.message,
      }
    case 'blocked':
      return {
        status: 'blocked',
        completed_at: now,
        current_phase: null,
        failure_kind: fact.kind,
        error_message: fact.message,
      }
    case 'failed':
      return { status: 'failed', completed_at: now, failure_kind: fact.kind, error_message: fact.message }
    case 'cancelled':
      return {
        status: 'cancelled',
        completed_at: now,
        error_message: fact.message ?? 'Cancelled. The work so far is kept on the branch.',
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
    default:
      return assertNever(fact)
  }
}

function linesOf(fact: Fact): ExecutionEventBody[] {
  switch (fact.type) {
    case 'started':
      return [{ type: 'status', status: 'running', message: null }]
    case 'resumed':
      return [{ type: 'status', status: 'running', message: fact.message }]
    case 'questions_asked': {
      const questions = fact.count === 1 ? '1 question' : `${fact.count} questions`
      const message = `The card is not clear enough: the agents have ${questions}.`
      return [{ type: 'status', status: 'awaiting_clarification', message }]
    }
    case 'questions_answered': {
      const message = fact.skipped ? 'The questions were skipped.' : 'The questions were answered.'
      return [{ type: 'status', status: 'running', message }]
    }
    case 'gate_reached':
      return [{ type: 'status', status: 'awaiting_approval', message: fact.question }]
    case 'plan_returned':
      return [{ type: 'status', status: 'running', message: 'A person asked for another plan.' }]
    case 'gate_passed':
      return [{ type: 'status', status: 'running', message: 'A person let it go on.' }]
    case 'permission_asked':
      return [{ type: 'status', status: 'awaiting_approval', message: null }]
    case 'permission_settled':
      return [{ type: 'status', status: 'running', message: null }]
    case 'paused':
      return [
        { type: 'status', status: 'paused', message: 'Paused. Resume goes on after the last finished step.' },
      ]
    case 'completed':
    case 'blocked':
    case 'failed':
    case 'cancelled':
      return [{ type: 'status', status: fact.type, message: fact.message }]
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

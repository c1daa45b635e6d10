import type { Db } from '#db/client.ts'
import { changeExecution } from '#db/queries/execution-events.ts'
import { findStoredState, type StoredState } from '#db/queries/execution-state.ts'
import { type ExecutionRow, findExecution, presentExecution } from '#db/queries/executions.ts'
import { findCard } from '#db/queries/tasks.ts'
import { NotFoundError } from '#shared/errors.ts'
import { isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { type BoardChange, changeBoardFrom } from '../services/change-board.ts'
import { type Command, decide } from './decide.ts'
import { type Attributed, actorOf, factActivity, isTold } from './execution-activity.ts'
import { tellPeople } from './execution-notices.ts'
import { columnsOf } from './fact-columns.ts'
import { linesOf } from './fact-lines.ts'
import { withdrawLeftOver } from './left-over-approvals.ts'
import { type Decided, openRecording, type Recording } from './recording.ts'
import { type ExecutionState, evolve, type Fact } from './state.ts'
import { stateOf } from './stored-state.ts'

export type RecordContext = Pick<AppContext, 'db' | 'wakeups' | 'now' | 'newId' | 'actor'>

/** A command of the person that depends on what is written before it, in the same transaction. */
export type CommandOf = (work: BoardChange) => Promise<Command>

/** An execution whose row the caller has read before: who acts for it is known without asking again. */
export type KnownExecution = Attributed & Pick<ExecutionRow, 'id'>

/** An execution as it is stored. */
export interface Recorded {
  row: ExecutionRow
  state: ExecutionState
}

export type Also = (recording: Recording) => Promise<void>

/** A command that goes on from what another one leads to. */
export interface Following {
  command: Command
  also: Also
}

/** What follows at once from what is true now, in the same transaction; null: nothing does. */
export type Follow = (state: ExecutionState) => Following | null

/**
 * Decides a command on the stored state and writes all that follows in one transaction: the row, the log, the
 * board's event, and what `also` adds; with `follow`, what follows from the next command as well. The board's lock makes
 * deciders queue. Throws what `decide` refuses.
 */
export async function record(
  ctx: RecordContext,
  of: ExecutionId | KnownExecution,
  command: Command | CommandOf,
  also?: Also,
  follow?: Follow,
): Promise<Recorded> {
  const found = typeof of === 'string' ? await findExecution(ctx.db, of) : of
  if (!found) throw new NotFoundError('Execution', String(of))
  const { id } = found
  const place = { execution: id }
  // Also on a board in the trash: its agents still have to be ended.
  const options = { trashed: true, actor: ctx.actor() }
  const result =
    typeof command === 'function'
      ? await changeBoardFrom(
          ctx,
          place,
          async () => null,
          async (work) => {
            const decided = await command(work)
            // What it has done to the execution counts as well.
            return write(ctx, work, await loadState(work.tx, id), { command: decided, also, follow })
          },
          options,
        )
      : await changeBoardFrom(
          ctx,
          place,
          (tx) => findStoredState(tx, id),
          (work, stored) => write(ctx, work, stateIn(stored, id), { command, also, follow }),
          { ...options, actor: actorOf(command, found, ctx.actor()) },
        )
  ctx.wakeups.wake(`execution:${id}`)
  return result
}

interface Wanted {
  command: Command
  also: Also | undefined
  follow: Follow | undefined
}

/** All that follows from a command on what is stored. */
async function write(
  ctx: RecordContext,
  work: BoardChange,
  before: Recorded,
  { command, also, follow }: Wanted,
): Promise<Recorded> {
  const { id } = before.row
  const facts = decide(before.state, command)
  const between = facts.reduce(evolve, before.state)
  const next = follow?.(between) ?? null
  const more = next ? decide(between, next.command) : []
  const state = more.reduce(evolve, between)
  const decided = { work, row: before.row, state, facts: [...facts, ...more] }
  const { recording, gathered } = openRecording(decided, ctx.now)
  await react(recording, facts, ctx.now(), also)
  await react(recording, more, ctx.now(), next?.also)
  const values = { ...gathered.values, iteration: state.iteration }
  const [row] = await Promise.all([changeExecution(work.tx, id, values, gathered.lines), ...gathered.sent])
  if (!row) throw new NotFoundError('Execution', id)
  await tell(decided, row, ctx.now())
  for (const act of gathered.acts) await act()
  return { row, state }
}

async function react(recording: Recording, facts: readonly Fact[], now: Date, also?: Also): Promise<void> {
  for (const fact of facts) recording.set(columnsOf(fact, recording.row, now))
  await also?.(recording)
  for (const fact of facts) for (const body of linesOf(fact)) recording.log(body) // after what led to it
}

/** Says what has become of an execution: to windows, in the feed, and to those whom it concerns. */
async function tell({ work, row: before, facts }: Decided, row: ExecutionRow, now: Date): Promise<void> {
  // Whether it changed anything is known only now, with its last step.
  const of = { ...before, files_changed: row.files_changed }
  const told = facts.filter((fact) => isTold(of, fact))
  const card = told.length > 0 ? await findCard(work.tx, row.task_id) : null
  const news = card ? told.flatMap((fact) => factActivity(work.board, card, of, fact)) : []
  work.tell({ type: 'execution_updated', data: presentExecution(row) }, ...news)
  work.wake(`execution:${row.id}`)
  work.wake('agents')
  await tellPeople(work, of, facts, now)
  await withdrawLeftOver(work, row.id, facts)
}

/** The stored state of an execution. */
export async function loadState(db: Db, id: ExecutionId): Promise<Recorded> {
  return stateIn(await findStoredState(db, id), id)
}

function stateIn(found: StoredState | null, id: ExecutionId): Recorded {
  if (!found) throw new NotFoundError('Execution', id)
  const { row, steps, waiting } = found
  return { row, state: stateOf(row, steps, isActive(row.status) ? waiting : 0) }
}

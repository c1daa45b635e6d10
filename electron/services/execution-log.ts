import * as queries from '#db/queries/execution-log.ts'
import { findExecution } from '#db/queries/executions.ts'
import { NotFoundError } from '#shared/errors.ts'
import {
  chunkOf,
  type LogHits,
  type LogOutline,
  type LogPage,
  type OutlineLog,
  type OutlineOutput,
  type OutputOutline,
  type OutputPiece,
  type ReadLog,
  type ReadOutput,
  type SearchLog,
} from '#shared/execution-log.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'

type LogContext = Pick<AppContext, 'db'>

/** Places that a search gives at most; it counts all. */
const MOST_HITS = 5000

/** Some chunks of a log, whole; without a choice the last two, which a reader sees first. */
export async function readLog(ctx: LogContext, { id, chunks, kinds }: ReadLog): Promise<LogPage> {
  const last = await lastSequence(ctx, id)
  const end = chunkOf(Math.max(1, last))
  const wanted = chunks ?? (end > 0 ? [end - 1, end] : [end])
  const events = await queries.readLogChunks(ctx.db, id, wanted, kinds)
  return { events, chunks: wanted, last_sequence: last }
}

/** How long a log is, and where how much of it is. */
export async function outlineLog(ctx: LogContext, { id, kinds }: OutlineLog): Promise<LogOutline> {
  const last_sequence = await lastSequence(ctx, id)
  return { ...(await queries.outlineLog(ctx.db, id, kinds)), last_sequence }
}

/** Looks through the whole log. */
export async function searchLog(ctx: LogContext, { id, text, kinds }: SearchLog): Promise<LogHits> {
  await lastSequence(ctx, id)
  return queries.searchLog(ctx.db, id, { text, kinds, limit: MOST_HITS })
}

export function outlineOutput(ctx: LogContext, { id, entry }: OutlineOutput): Promise<OutputOutline> {
  return queries.outlineOutput(ctx.db, id, entry)
}

export function readOutput(ctx: LogContext, { id, sequences }: ReadOutput): Promise<OutputPiece[]> {
  return queries.readOutput(ctx.db, id, sequences)
}

/** Read first: what is written meanwhile is in both what is read and what is live, and counts once. */
async function lastSequence({ db }: LogContext, id: ExecutionId): Promise<number> {
  const row = await findExecution(db, id)
  if (!row) throw new NotFoundError('Execution', id)
  return row.last_sequence
}

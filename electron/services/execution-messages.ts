import { findExecution } from '#db/queries/executions.ts'
import * as queries from '#db/queries/messages.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import { isActive } from '#shared/execution.ts'
import type { ExecutionMessage, SendMessage } from '#shared/execution-message.ts'
import { type ExecutionId, MessageId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import type { Command } from '../orchestrator/decide.ts'
import { loadState, record } from '../orchestrator/record.ts'
import type { Recording } from '../orchestrator/recording.ts'
import { dueOf, type ExecutionState } from '../orchestrator/state.ts'
import { type GoOnContext, goOn } from './go-on.ts'

/** In the order in which they were said. */
export async function listMessages(
  ctx: Pick<AppContext, 'db'>,
  id: ExecutionId,
): Promise<ExecutionMessage[]> {
  if (!(await findExecution(ctx.db, id))) throw new NotFoundError('Execution', id)
  return queries.listMessages(ctx.db, id)
}

/**
 * Agents at work are given it at their next turn or step. An execution that has ended goes on with it: where nothing is
 * left to do, with a further round.
 */
export async function sendMessage(
  ctx: GoOnContext,
  { execution_id, body }: SendMessage,
): Promise<ExecutionMessage> {
  const id = MessageId.parse(ctx.newId())
  const { id: author_id, name: author_name } = ctx.actor()
  const store = async ({ work }: Pick<Recording, 'work'>) => {
    await queries.insertMessage(work.tx, {
      id,
      execution_id,
      author_id: author_id ?? 'unknown',
      author_name,
      body,
    })
  }
  const { row, state } = await loadState(ctx.db, execution_id)
  if (!isActive(row.status) || !(await tellAtWork(ctx, execution_id, store))) {
    const { state: now } = isActive(row.status) ? await loadState(ctx.db, execution_id) : { state }
    await goOn(ctx, execution_id, wakingCommand(now, author_name), store)
  }
  return find(ctx, id)
}

/** False: they have come to their end in this moment, and nobody would hear it. */
async function tellAtWork(
  ctx: GoOnContext,
  id: ExecutionId,
  store: (recording: Recording) => Promise<void>,
): Promise<boolean> {
  let isTold = false
  await record(ctx, id, { type: 'note' }, async (recording) => {
    isTold = isActive(recording.row.status)
    if (isTold) await store(recording)
  })
  return isTold
}

function wakingCommand(state: ExecutionState, name: string): Command {
  if (dueOf(state).type !== 'end') return { type: 'resume' }
  return {
    type: 'request_changes',
    verdict: { status: 'CHANGES_REQUESTED', summary: said(name), findings: [] },
  }
}

/** Only while no agent has been given it. */
export async function withdrawMessage(ctx: GoOnContext, id: MessageId): Promise<ExecutionMessage> {
  const { execution_id } = await find(ctx, id)
  await record(ctx, execution_id, { type: 'note' }, async ({ work }) => {
    if (await queries.withdrawMessage(work.tx, id)) return
    throw new RefusedError('MESSAGE_TAKEN', 'The agents have this message already. Send another one instead.')
  })
  return find(ctx, id)
}

async function find(ctx: Pick<AppContext, 'db'>, id: MessageId): Promise<ExecutionMessage> {
  const message = await queries.findMessage(ctx.db, id)
  if (!message) throw new NotFoundError('Message', id)
  return message
}

function said(name: string): string {
  return `${name} has a message for the agents.`
}

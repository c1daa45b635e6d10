import { findExecution } from '#db/queries/executions.ts'
import * as queries from '#db/queries/messages.ts'
import { NotFoundError, RefusedError } from '#shared/errors.ts'
import { isActive } from '#shared/execution.ts'
import type { ExecutionMessage, SendMessage } from '#shared/execution-message.ts'
import { type ExecutionId, MessageId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { loadState, record } from '../orchestrator/record.ts'
import type { Recording } from '../orchestrator/recording.ts'
import { dueOf } from '../orchestrator/state.ts'
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
  const store = async ({ work }: Recording) => {
    await queries.insertMessage(work.tx, {
      id,
      execution_id,
      author_id: author_id ?? 'unknown',
      author_name,
      body,
    })
  }
  const { row, state } = await loadState(ctx.db, execution_id)
  if (isActive(row.status)) await record(ctx, execution_id, { type: 'note' }, store)
  else if (dueOf(state).type === 'end') {
    const verdict = { status: 'CHANGES_REQUESTED' as const, summary: said(author_name), findings: [] }
    await goOn(ctx, execution_id, { type: 'request_changes', verdict }, store)
  } else await goOn(ctx, execution_id, { type: 'resume' }, store)
  return find(ctx, id)
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

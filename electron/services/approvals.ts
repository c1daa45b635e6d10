import * as queries from '#db/queries/approvals.ts'
import { leaseFor } from '#db/queries/executions.ts'
import { settleNotifications } from '#db/queries/notifications.ts'
import type { AnswerApproval, Approval, ApprovalItem, ListApprovals } from '#shared/approval.ts'
import { InvalidInputError, NotFoundError, RefusedError } from '#shared/errors.ts'
import type { AppContext } from '../context.ts'
import { moveCard } from '../orchestrator/move-card.ts'
import { storePersonSteps } from '../orchestrator/person-steps.ts'
import { record } from '../orchestrator/record.ts'
import type { Recording } from '../orchestrator/recording.ts'
import { proposeRules } from '../policy/propose-rules.ts'
import type { BoardChange, BoardContext } from './change-board.ts'
import { rememberAnswer } from './policies.ts'
import { requireWorkHere } from './require-work-here.ts'

type AnswerContext = BoardContext & Pick<AppContext, 'instanceId' | 'orchestrator' | 'config' | 'places'>

/** What agents and workflows of all boards, or of one, ask people. */
export async function listApprovals(
  ctx: Pick<AppContext, 'db'>,
  { board_id, execution_id, answered, limit }: ListApprovals,
): Promise<ApprovalItem[]> {
  const items = await queries.listApprovals(ctx.db, {
    boardId: board_id,
    executionId: execution_id,
    pending: !answered,
    limit,
  })
  return items.map((item) => ({
    ...item,
    proposed_rules: item.kind === 'permission' ? proposeRules(item) : [],
  }))
}

/** How many wait for an answer: now, and whenever a question was asked, answered or withdrawn, until the signal aborts. */
export async function* followApprovals(
  ctx: Pick<AppContext, 'db' | 'wakeups'>,
  signal: AbortSignal,
): AsyncGenerator<{ pending: number }> {
  using ear = ctx.wakeups.listen('approvals')
  while (!signal.aborted) {
    yield { pending: await queries.countPending(ctx.db) }
    await ear.heard(signal)
  }
}

/**
 * Answers a question, from any app on the same database: the agent that waits goes on. Throws RefusedError when
 * somebody was faster or nobody waits any more, InvalidInputError for a rule that cannot be made.
 */
export async function answerApproval(ctx: AnswerContext, answer: AnswerApproval): Promise<Approval> {
  const found = await queries.findApproval(ctx.db, answer.id)
  if (!found) throw new NotFoundError('Approval', answer.id)
  return found.kind === 'permission' ? answerAgent(ctx, found, answer) : answerWorkflow(ctx, found, answer)
}

async function answerAgent(ctx: AnswerContext, found: Approval, answer: AnswerApproval): Promise<Approval> {
  let approval = found
  let open = 0
  const settle = async (work: BoardChange) => {
    approval = await end(ctx, work, answer)
    if (answer.remember !== 'once') await rememberAnswer(ctx, work, approval, answer)
    open = await queries.countOpenPermissions(work.tx, found.execution_id)
    return { type: 'settle_permission', open } as const
  }
  await record(ctx, found.execution_id, settle, async (recording) => {
    tell(recording, approval)
    if (open > 0) return
    const told = await settleNotifications(recording.work.tx, found.execution_id)
    for (const userId of told) recording.work.wake(`user:${userId}`)
  })
  return approval
}

/** A gate, a plan: nobody runs the execution meanwhile, so the app in which it is answered takes it. */
async function answerWorkflow(
  ctx: AnswerContext,
  found: Approval,
  answer: AnswerApproval,
): Promise<Approval> {
  let approval = found
  const { approve, again = false, message = '' } = answer
  if (again && !approve && !message.trim())
    throw new InvalidInputError('NOTHING_REQUESTED', 'Say what is to be different in the plan.')
  const command = { type: 'answer_gate', approve, again, message: message.trim() || null } as const
  if (found.status === 'pending') await requireWorkHere(ctx, found.execution_id, command)
  const settle = async (work: BoardChange) => {
    approval = await end(ctx, work, answer)
    return command
  }
  const { row } = await record(ctx, found.execution_id, settle, async (recording) => {
    tell(recording, approval)
    if (recording.state.status === 'running') {
      recording.set({ owner_id: ctx.instanceId, lease_expires_at: leaseFor(ctx.config.leaseSeconds) })
    }
    await storePersonSteps(ctx, recording)
    const told = await settleNotifications(recording.work.tx, found.execution_id)
    for (const userId of told) recording.work.wake(`user:${userId}`)
    await moveCard(recording)
  })
  if (row.status === 'running') ctx.orchestrator.enqueue(row.id)
  return approval
}

async function end(ctx: AnswerContext, { tx }: BoardChange, answer: AnswerApproval): Promise<Approval> {
  const { id, approve, remember, message } = answer
  const ended = await queries.endApproval(tx, id, {
    status: approve ? 'approved' : 'denied',
    remember,
    message: message?.trim() || null,
    answered_by: ctx.actor().name,
    answered_at: ctx.now(),
  })
  if (ended) return ended
  const now = await queries.findApproval(tx, id)
  const sentence = now?.answered_by
    ? `${now.answered_by} has ${now.status} this already.`
    : 'Nobody waits for this answer any more.'
  throw new RefusedError('ALREADY_ANSWERED', sentence)
}

function tell({ work, log }: Pick<Recording, 'work' | 'log'>, approval: Approval): void {
  const { answered_by, status, title, message, step_id } = approval
  const did = status === 'approved' ? 'allowed' : 'refused'
  const why = message ? ` “${message}”` : ''
  log({ type: 'notice', level: 'info', text: `${answered_by} ${did}: ${title}${why}` }, step_id)
  work.tell({ type: 'approval_updated', data: approval })
  work.wake('approvals')
}

import {
  countOpenPermissions,
  findApproval,
  insertApproval,
  withdrawApprovals,
} from '#db/queries/approvals.ts'
import type { Approval } from '#shared/approval.ts'
import { cutMark } from '#shared/change-text.ts'
import { cutText } from '#shared/cut-text.ts'
import { ApprovalId } from '#shared/ids.ts'
import { visibleLines, visibleText } from '../policy/visible-text.ts'
import type { ToolAnswer, ToolAsk } from '../providers/provider.ts'
import type { BoardChange } from '../services/change-board.ts'
import { tellConcerned } from './execution-notices.ts'
import { patiently } from './patiently.ts'
import { recordOwn } from './record-own.ts'
import { redact } from './redact.ts'
import type { OrchestratorContext, StepWork } from './run-context.ts'

const LONGEST_TITLE = 300
const LONGEST_DETAIL = 20_000
const LONGEST_CHANGE = 60_000
const MOST_PATHS = 100
/** Of one step at once: nobody can look through more, and each is a notification. */
const MOST_OPEN = 20
const TOO_MANY =
  'Too many questions of yours wait for a person already. Wait for their answers, then ask again.'

/** Where the agents of one step ask people. */
export interface Inbox {
  /** Waits for the answer of a person, however long it takes; rejects only when the signal aborts. */
  ask(ask: ToolAsk, signal: AbortSignal): Promise<ToolAnswer>
  /** Nobody waits any more: what is still open is withdrawn. */
  close(): Promise<void>
}

export function openInbox(ctx: OrchestratorContext, work: StepWork, stepSignal: AbortSignal): Inbox {
  const open = new Set<ApprovalId>()
  let asking = 0
  const withdraw = async (ids: ApprovalId[]) => {
    for (const id of ids) open.delete(id)
    // The end of the execution takes all of them along.
    if (ids.length > 0 && !stepSignal.aborted) await withdrawOwn(ctx, work, ids, stepSignal)
  }
  const askOne: Inbox['ask'] = async (ask, signal) => {
    const either = AbortSignal.any([stepSignal, signal])
    const id = ApprovalId.parse(ctx.newId())
    using ear = ctx.wakeups.listen('approvals')
    await putQuestion(ctx, work, id, ask, either)
    open.add(id)
    try {
      for (;;) {
        const approval = await patiently(ctx, either, () => findApproval(ctx.db, id))
        if (approval?.status !== 'pending') return answerOf(approval)
        await ear.heard(either)
        either.throwIfAborted()
      }
    } catch (error) {
      await withdraw([id])
      throw error
    } finally {
      open.delete(id)
    }
  }
  return {
    async ask(ask, signal) {
      if (asking >= MOST_OPEN) return { allow: false, message: TOO_MANY }
      asking += 1
      try {
        return await askOne(ask, signal)
      } finally {
        asking -= 1
      }
    },
    close: () => withdraw([...open]),
  }
}

function answerOf(approval: Approval | null): ToolAnswer {
  if (approval?.status === 'approved') return { allow: true }
  const why = approval?.message ? ` They say: ${approval.message}` : ''
  if (approval?.status === 'denied') return { allow: false, message: `A person refused this.${why}` }
  return { allow: false, message: 'Nobody answers this question any more.' }
}

async function putQuestion(
  ctx: OrchestratorContext,
  { run, step }: StepWork,
  id: ApprovalId,
  ask: ToolAsk,
  signal: AbortSignal,
): Promise<void> {
  const key = ctx.credentials.key()
  const shown = (text: string, limit: number) => cutText(visibleText(redact(text, key ? [key] : [])), limit)
  const detail = await detailOf(ask, key ? [key] : [])
  await recordOwn(ctx, run.row.id, { type: 'ask_permission' }, signal, async ({ work, log, set }) => {
    const approval = await insertApproval(work.tx, {
      id,
      board_id: work.board.id,
      task_id: run.task.id,
      execution_id: run.row.id,
      step_id: step.id,
      kind: 'permission',
      tool: shown(ask.tool, 200),
      tool_kind: ask.kind,
      title: shown(ask.title, LONGEST_TITLE),
      detail,
      paths: ask.paths.slice(0, MOST_PATHS).map((path) => shown(path, 1000)),
      reason: ask.reason ? shown(ask.reason, 1000) : null,
    })
    log({ type: 'notice', level: 'info', text: `Waiting for permission: ${approval.title}` }, step.id)
    set({ activity_line: approval.title }) // why it waits
    work.tell({ type: 'approval_updated', data: approval })
    work.wake('approvals')
    await tellConcerned(work, run.row, {
      kind: 'needs_input',
      sentence: (card) => `${card} waits for your permission`,
      body: approval.title,
      occasion: `approval:${approval.id}`,
    })
  })
}

/** Longer ones cannot be told apart from others by what is shown of them, so no rule is made of them. */
function wholeCommand(text: string): string {
  return text.length <= LONGEST_DETAIL ? text : `${cutText(text, LONGEST_DETAIL)}\n[it is longer] $`
}

/** The command line, else what would become of the files, else what the agent says of it. */
async function detailOf(ask: ToolAsk, secrets: readonly string[]): Promise<string> {
  const text = redact(ask.detail, secrets)
  // A command is remembered by what it says, so it is kept as it is, and never half of it.
  if (ask.kind === 'execute') return wholeCommand(text)
  const change = await ask.change?.().catch(() => null)
  return change ? shownChange(redact(change, secrets)) : cutText(visibleText(text), LONGEST_DETAIL)
}

/** By whole lines; the last one tells how many are missing. */
function shownChange(diff: string): string {
  const text = visibleLines(diff)
  if (text.length <= LONGEST_CHANGE) return text
  const cut = text.slice(0, LONGEST_CHANGE)
  const kept = cut.slice(0, cut.lastIndexOf('\n'))
  return `${kept}\n${cutMark(text.split('\n').length - kept.split('\n').length)}`
}

async function withdrawOwn(
  ctx: OrchestratorContext,
  { run }: StepWork,
  ids: ApprovalId[],
  signal: AbortSignal,
): Promise<void> {
  const command = async ({ tx, tell, wake }: BoardChange) => {
    const withdrawn = await withdrawApprovals(tx, run.row.id, ids)
    for (const approval of withdrawn) tell({ type: 'approval_updated', data: approval })
    wake('approvals')
    const open = await countOpenPermissions(tx, run.row.id)
    // Answered at the last moment: nothing is left to be settled.
    return withdrawn.length > 0 ? ({ type: 'settle_permission', open } as const) : ({ type: 'note' } as const)
  }
  await recordOwn(ctx, run.row.id, command, signal)
}

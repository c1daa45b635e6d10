import { findAnswered, insertStep, nextSequence, type StepRow, updateStep } from '#db/queries/steps.ts'
import type { StepStatus, Verdict } from '#shared/execution.ts'
import { StepId } from '#shared/ids.ts'
import type { FailureKind } from '#shared/provider.ts'
import { isAncestor, resolveCommit } from '../platform/git-repository.ts'
import type { StepResult } from '../providers/provider.ts'
import { inResultQueue } from '../services/result-queue.ts'
import { type Answer, askFor } from './ask-step.ts'
import { afterWork } from './checks/after-work.ts'
import { checkBefore, judgingCommands } from './checks/baseline.ts'
import { setUpWorkspace } from './checks/set-up.ts'
import { chooseAgent } from './choose-agent.ts'
import { usageColumns } from './event-log.ts'
import { finishClarity } from './finish-clarity.ts'
import { guardRepository } from './guard-repository.ts'
import type { DueStep } from './interpret.ts'
import { type KeptWork, keepWork } from './keep-work.ts'
import { moveCard } from './move-card.ts'
import { patiently } from './patiently.ts'
import { storePersonSteps } from './person-steps.ts'
import { recordOwn } from './record-own.ts'
import type { OrchestratorContext, Run, StepWork } from './run-context.ts'
import { NOTHING, spentBy } from './spending.ts'
import { mayEdit } from './step-input.ts'

/** Thrown when a provider gave up; the step is stored as failed already. */
export class StepFailedError extends Error {
  override readonly name = 'StepFailedError'
  readonly result: StepResult
  constructor(result: StepResult) {
    super(result.failure?.message ?? 'The step failed.')
    this.result = result
  }
}

/** Runs a step that is due: asks the provider, commits what it did, has it checked, and records how it ended. */
export async function runStep(
  ctx: OrchestratorContext,
  run: Run,
  due: DueStep,
  signal: AbortSignal,
): Promise<void> {
  const work = await beginStep(ctx, run, due, signal)
  try {
    if (mayEdit(due.phase)) {
      await setUpWorkspace(ctx, work.run, work.step, signal)
      await checkBefore(ctx, work.run, work.step, signal)
    }
    const earlier = await answeredEarlier(ctx, work, signal)
    const answer = earlier ?? (await guardRepository(ctx, work, signal, () => askFor(ctx, work, signal)))
    run.spending.note(work.step.id, answer.spent)
    if (signal.aborted || isFailure(due, answer.result)) await giveUp(ctx, work, answer, signal)
    if (due.phase === 'clarity') await finishClarity(ctx, work, answer, ending(ctx, work, answer), signal)
    else await finishStep(ctx, work, answer, signal)
  } finally {
    run.spending.end(work.step.id)
  }
}

async function beginStep(
  ctx: OrchestratorContext,
  run: Run,
  due: DueStep,
  signal: AbortSignal,
): Promise<StepWork> {
  const { path, phase, iteration } = due
  const { provider, model } = chooseAgent(run.row, due, run.settings)
  const begun: { step?: Promise<StepRow> } = {}
  const { row } = await recordOwn(
    ctx,
    run.row,
    { type: 'begin_step', path },
    signal,
    async ({ work, send, log }) => {
      const id = StepId.parse(ctx.newId())
      begun.step = insertStep(work.tx, {
        id,
        execution_id: run.row.id,
        sequence: nextSequence(run.row.id),
        phase,
        iteration,
        node_path: path,
        provider,
        status: 'running',
        started_at: ctx.now(),
      })
      send(begun.step)
      log({ type: 'step_started', phase, iteration, model }, id)
    },
  )
  const step = await begun.step
  if (!step) throw new Error('No step was due')
  run.spending.begin(step.id, spentBy(row))
  return { run: { ...run, row }, due, step, provider, model }
}

/** A step that was ended while its work was checked need not be paid for again: its answer and its commit are there. */
async function answeredEarlier(
  ctx: OrchestratorContext,
  { run, due, step }: StepWork,
  signal: AbortSignal,
): Promise<Answer | null> {
  if (!mayEdit(due.phase)) return null
  const row = await patiently(ctx, signal, () => findAnswered(ctx.db, run.row.id, due.path, step.id))
  // Its commit may be on the computer that the work began on.
  if (!row?.head_commit || !(await hasCommit(run.workspace.path, row.head_commit, signal))) return null
  const result = {
    status: 'completed',
    text: row.output_content ?? '',
    turns: 0,
    ...NOTHING,
    model: row.model,
  } as const
  return { result, verdict: null, report: null, spent: NOTHING }
}

async function hasCommit(path: string, commit: string, signal: AbortSignal): Promise<boolean> {
  return (await resolveCommit(path, commit, signal)) !== null && isAncestor(path, commit, 'HEAD', signal)
}

/** A card whose clarity cannot be judged is worked on as it is, unless nobody would answer the next step either. */
const NO_WAY_ON: readonly FailureKind[] = [
  'auth',
  'budget',
  'not_installed',
  'workspace',
  'sandbox_unavailable',
]

function isFailure({ phase }: DueStep, { status, failure }: StepResult): boolean {
  if (status === 'completed') return false
  return phase !== 'clarity' || (failure !== undefined && NO_WAY_ON.includes(failure.kind))
}

async function giveUp(
  ctx: OrchestratorContext,
  work: StepWork,
  answer: Answer,
  signal: AbortSignal,
): Promise<never> {
  const status = signal.aborted ? endOf(signal) : 'failed'
  const end = { ...ending(ctx, work, answer), status }
  await patiently(ctx, signal, () => updateStep(ctx.db, work.step.id, end))
  signal.throwIfAborted()
  throw new StepFailedError(answer.result)
}

async function finishStep(
  ctx: OrchestratorContext,
  work: StepWork,
  answer: Answer,
  signal: AbortSignal,
): Promise<void> {
  const { run, step, due } = work
  const { path, phase, iteration } = due
  const { result, verdict } = answer
  // One after the other, also where several agents read the same files.
  const kept = await inResultQueue(run.row.id, () => keepWork(ctx, run, step.sequence, phase, signal))
  const checked = mayEdit(phase) ? await checkWork(ctx, work, answer, kept, signal) : null
  const checks = checked?.outcome ?? null
  const asked = verdict ?? checked?.verdict ?? null
  const finished = { path, phase, iteration, verdict: asked, checks, changed: kept.files.length > 0 }
  await recordOwn(ctx, run.row, { type: 'finish_step', step: finished }, signal, async (recording) => {
    const { work: change, send, set, log } = recording
    const stored = updateStep(change.tx, step.id, {
      ...ending(ctx, work, answer),
      status: 'completed',
      verdict: asked,
      checks,
      files_changed: kept.files,
      head_commit: kept.head,
    })
    send(stored)
    if (kept.commit) log({ type: 'commit', ...kept.commit }, step.id)
    if (verdict) log({ type: 'verdict', iteration, verdict }, step.id)
    log({ type: 'step_finished', phase, iteration, summary: summaryOf(result, verdict) }, step.id)
    const total = run.spending.note(step.id, answer.spent)
    set({
      ...usageColumns(total.usage, total.costUsd),
      ...(result.costIsEstimate ? { cost_is_estimate: true } : {}),
      head_commit: kept.head,
      ...kept.counts,
    })
    await storePersonSteps(ctx, recording)
    await moveCard(recording)
  })
}

/** What the answer was is stored before the checks, if there are any: they may take long, and be ended with the app. */
async function checkWork(
  ctx: OrchestratorContext,
  work: StepWork,
  answer: Answer,
  kept: KeptWork,
  signal: AbortSignal,
) {
  if (judgingCommands(work.run.project, work.step.id).length === 0) return null
  const { completed_at: _, ...soFar } = ending(ctx, work, answer)
  const answered = { ...soFar, head_commit: kept.head, files_changed: kept.files }
  await patiently(ctx, signal, () => updateStep(ctx.db, work.step.id, answered))
  return afterWork(ctx, work.run, work.step, signal)
}

function ending(ctx: OrchestratorContext, { step }: StepWork, { result, spent }: Answer) {
  const now = ctx.now()
  return {
    ...usageColumns(spent.usage, spent.costUsd),
    output_content: result.text,
    model: result.model,
    cost_is_estimate: result.costIsEstimate ?? false,
    ...(result.sessionId ? { session_id: result.sessionId } : {}),
    error_message: result.failure?.message ?? null,
    duration_ms: now.getTime() - step.started_at.getTime(),
    completed_at: now,
  }
}

function endOf(signal: AbortSignal): StepStatus {
  return signal.reason === 'cancel' ? 'cancelled' : 'interrupted'
}

function summaryOf(result: StepResult, verdict: Verdict | null): string {
  return (verdict?.summary ?? result.text.trim().split('\n')[0] ?? '').slice(0, 500)
}

import { type ExecutionRow, usageOf } from '#db/queries/executions.ts'
import { insertStep, listSteps, type StepRow, updateStep } from '#db/queries/steps.ts'
import type { StepStatus, Verdict } from '#shared/execution.ts'
import { StepId } from '#shared/ids.ts'
import type { StepResult } from '../providers/provider.ts'
import { openEventLog, usageColumns } from './event-log.ts'
import { keepWork } from './keep-work.ts'
import { moveCard } from './move-card.ts'
import { parseVerdict, UNREADABLE_VERDICT } from './parse-verdict.ts'
import { patiently } from './patiently.ts'
import { recordOwn } from './record-own.ts'
import { redact } from './redact.ts'
import type { OrchestratorContext, Run } from './run-context.ts'
import { addSpent, type Spent, stepHost } from './step-host.ts'
import { stepRequest } from './step-input.ts'

/** Thrown when a provider gave up; the step is stored as failed already. */
export class StepFailedError extends Error {
  override readonly name = 'StepFailedError'
  readonly result: StepResult
  constructor(result: StepResult) {
    super(result.failure?.message ?? 'The step failed.')
    this.result = result
  }
}

/** Runs the step that is due: asks the provider, commits what it did, and records how it ended. */
export async function runStep(ctx: OrchestratorContext, run: Run, signal: AbortSignal): Promise<void> {
  const { step, row } = await beginStep(ctx, run, signal)
  const before = spentBy(row)
  const { result, verdict, spent } = await askFor(ctx, run, step, before, signal)
  if (result.status !== 'completed' || signal.aborted) {
    const status = signal.aborted ? endOf(signal) : 'failed'
    const end = { ...ending(ctx, step, result, spent), status }
    await patiently(ctx, signal, () => updateStep(ctx.db, step.id, end))
    signal.throwIfAborted()
    throw new StepFailedError(result)
  }
  await finishStep(ctx, run, { step, before, spent, result, verdict, signal })
}

interface Answer {
  result: StepResult
  verdict: Verdict | null
  /** By this step alone. */
  spent: Spent
}

/** The provider's answer. A review that cannot be read is asked for once more, then it counts as changes requested. */
async function askFor(
  ctx: OrchestratorContext,
  run: Run,
  step: StepRow,
  before: Spent,
  signal: AbortSignal,
): Promise<Answer> {
  const first = await ask(ctx, run, step, before, false, signal)
  const spent = addSpent(NOTHING, first.usage, first.costUsd)
  if (step.phase !== 'review' || first.status !== 'completed') return { result: first, verdict: null, spent }
  const verdict = parseVerdict(first.text)
  if (verdict) return { result: first, verdict, spent }
  const second = await ask(ctx, run, step, addSpent(before, first.usage, first.costUsd), true, signal)
  return {
    result: second,
    verdict: parseVerdict(second.text) ?? UNREADABLE_VERDICT,
    spent: addSpent(spent, second.usage, second.costUsd),
  }
}

async function beginStep(
  ctx: OrchestratorContext,
  run: Run,
  signal: AbortSignal,
): Promise<{ step: StepRow; row: ExecutionRow }> {
  let step: StepRow | null = null
  const { row } = await recordOwn(
    ctx,
    run.row.id,
    { type: 'begin_step' },
    signal,
    async ({ work, facts, log }) => {
      const due = facts.find((fact) => fact.type === 'step_started')
      if (due?.type !== 'step_started') return
      const { phase, iteration } = due
      const sequence = (await listSteps(work.tx, run.row.id)).length + 1
      step = await insertStep(work.tx, {
        id: StepId.parse(ctx.newId()),
        execution_id: run.row.id,
        sequence,
        phase,
        iteration,
        status: 'running',
        started_at: ctx.now(),
      })
      log({ type: 'step_started', phase, iteration, model: run.row.model }, step.id)
    },
  )
  if (!step) throw new Error('No step was due')
  return { step, row }
}

async function ask(
  ctx: OrchestratorContext,
  run: Run,
  step: StepRow,
  before: Spent,
  isSecondAttempt: boolean,
  signal: AbortSignal,
): Promise<StepResult> {
  const { phase, iteration } = step
  if (phase === 'gate') throw new Error('A gate is for a person to decide')
  const request = await patiently(ctx, signal, () =>
    stepRequest(ctx, run, { phase, iteration, isSecondAttempt }, signal),
  )
  const key = ctx.credentials.key()
  const secrets = key ? [key] : []
  const input = { input_context: redact(request.prompt, secrets) }
  await patiently(ctx, signal, () => updateStep(ctx.db, step.id, input))
  const log = openEventLog(ctx, { executionId: run.row.id, stepId: step.id, secrets, signal })
  try {
    const result = await ctx.providers
      .get(run.row.provider)
      .run(request, stepHost(ctx, run, log, before, signal))
    return blotted(result, secrets)
  } finally {
    await log.close()
  }
}

/** A service may repeat the key in its refusal. */
function blotted(result: StepResult, secrets: readonly string[]): StepResult {
  const text = redact(result.text, secrets)
  if (!result.failure) return { ...result, text }
  const message = redact(result.failure.message, secrets)
  return { ...result, text, failure: { ...result.failure, message } }
}

interface Finished {
  step: StepRow
  before: Spent
  spent: Spent
  result: StepResult
  verdict: Verdict | null
  signal: AbortSignal
}

async function finishStep(ctx: OrchestratorContext, run: Run, done: Finished): Promise<void> {
  const { step, before, spent, result, verdict, signal } = done
  const { phase, iteration } = step
  const kept = await keepWork(ctx, run, step.sequence, phase, signal)
  const total = addSpent(before, spent.usage, spent.costUsd)
  await recordOwn(
    ctx,
    run.row.id,
    { type: 'finish_step', phase, iteration, verdict },
    signal,
    async (recording) => {
      const { work, set, log } = recording
      await updateStep(work.tx, step.id, {
        ...ending(ctx, step, result, spent),
        status: 'completed',
        verdict,
        files_changed: kept.files,
        head_commit: kept.head,
      })
      if (kept.commit) log({ type: 'commit', ...kept.commit }, step.id)
      if (verdict) log({ type: 'verdict', iteration, verdict }, step.id)
      log({ type: 'step_finished', phase, iteration, summary: summaryOf(result, verdict) }, step.id)
      set({ ...usageColumns(total.usage, total.costUsd), head_commit: kept.head, ...kept.counts })
      await moveCard(recording)
    },
  )
}

function ending(ctx: OrchestratorContext, step: StepRow, result: StepResult | undefined, spent: Spent) {
  const now = ctx.now()
  return {
    ...usageColumns(spent.usage, spent.costUsd),
    output_content: result?.text ?? null,
    model: result?.model ?? null,
    error_message: result?.failure?.message ?? null,
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

/** What an execution has cost until now. Nothing used costs nothing, however many steps came to nothing. */
function spentBy(row: ExecutionRow): Spent {
  const usage = usageOf(row)
  const isNothing = Object.values(usage).every((tokens) => tokens === 0)
  return { usage, costUsd: row.cost_usd ?? (isNothing ? 0 : null) }
}

const NOTHING: Spent = { usage: { input: 0, output: 0, cache_read: 0, cache_write: 0 }, costUsd: 0 }

import { updateStep } from '#db/queries/steps.ts'
import type { Verdict } from '#shared/execution.ts'
import type { StepResult } from '../providers/provider.ts'
import { inResultQueue } from '../services/result-queue.ts'
import type { Answer } from './ask-step.ts'
import { afterWork } from './checks/after-work.ts'
import { judgingCommands } from './checks/baseline.ts'
import { usageColumns } from './event-log.ts'
import { guardRepository } from './guard-repository.ts'
import { type KeptWork, keepWork, repositoriesSentence } from './keep-work.ts'
import { moveCard } from './move-card.ts'
import { patiently } from './patiently.ts'
import { storePersonSteps } from './person-steps.ts'
import type { Follow, Recorded } from './record.ts'
import { recordOwn } from './record-own.ts'
import type { Recording } from './recording.ts'
import type { OrchestratorContext, StepWork } from './run-context.ts'
import { stepEnding } from './step-ending.ts'
import { mayEdit } from './step-input.ts'

/** Commits what a step did, has it checked, and records that it is finished and what follows; gives what is true then. */
export async function finishStep(
  ctx: OrchestratorContext,
  work: StepWork,
  answer: Answer,
  signal: AbortSignal,
  follow?: Follow,
): Promise<Recorded> {
  const { run, step, due } = work
  const { path, phase, iteration } = due
  const { result, verdict } = answer
  // One after the other, also where several agents read the same files.
  const kept = await inResultQueue(run.row.id, () => keepWork(ctx, run, step.sequence, phase, signal))
  await answer.stored
  const checked = mayEdit(phase) ? await checkWork(ctx, work, answer, kept, signal) : null
  const checks = checked?.outcome ?? null
  const asked = verdict ?? checked?.verdict ?? null
  const finished = { path, phase, iteration, verdict: asked, checks, changed: kept.files.length > 0 }
  const finishing = async (recording: Recording) => {
    const { work: change, send, set, log } = recording
    const stored = updateStep(change.tx, step.id, {
      ...stepEnding(ctx, work, answer),
      status: 'completed',
      verdict: asked,
      checks,
      files_changed: kept.files,
      head_commit: kept.head,
    })
    send(stored)
    if (kept.commit) log({ type: 'commit', ...kept.commit }, step.id)
    const within = repositoriesSentence(kept)
    if (within) log({ type: 'notice', level: 'warn', text: within }, step.id)
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
  }
  return recordOwn(ctx, run.row, { type: 'finish_step', step: finished }, signal, finishing, follow)
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
  const { completed_at: _, ...soFar } = stepEnding(ctx, work, answer)
  const answered = { ...soFar, head_commit: kept.head, files_changed: kept.files }
  await patiently(ctx, signal, () => updateStep(ctx.db, work.step.id, answered))
  // They run what the agent has written.
  return guardRepository(ctx, work, signal, () => afterWork(ctx, work.run, work.step, signal))
}

function summaryOf(result: StepResult, verdict: Verdict | null): string {
  return (verdict?.summary ?? result.text.trim().split('\n')[0] ?? '').slice(0, 500)
}

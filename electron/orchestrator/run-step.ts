import { updateStep } from '#db/queries/steps.ts'
import type { StepStatus } from '#shared/execution.ts'
import type { FailureKind } from '#shared/provider.ts'
import type { StepResult } from '../providers/provider.ts'
import { type Answer, askFor } from './ask-step.ts'
import type { BegunStep } from './begin-step.ts'
import { checkBefore } from './checks/baseline.ts'
import { setUpWorkspace } from './checks/set-up.ts'
import type { DueStep } from './due.ts'
import { earlierAnswer } from './earlier-answer.ts'
import { finishClarity } from './finish-clarity.ts'
import { finishStep } from './finish-step.ts'
import { guardRepository } from './guard-repository.ts'
import { patiently } from './patiently.ts'
import type { Follow, Recorded } from './record.ts'
import type { OrchestratorContext, StepWork } from './run-context.ts'
import { stepEnding } from './step-ending.ts'
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

/** Runs a step that has begun, from the question to the checks of what was done; gives what is true after it. */
export async function runStep(
  ctx: OrchestratorContext,
  begun: BegunStep,
  signal: AbortSignal,
  follow?: Follow,
): Promise<Recorded> {
  const { work } = begun
  const { run, due } = work
  let answer: Answer | null = null
  try {
    if (mayEdit(due.phase)) {
      await setUpWorkspace(ctx, work.run, work.step, signal)
      await checkBefore(ctx, work.run, work.step, signal)
    }
    answer = await answerOf(ctx, begun, signal)
    run.spending.note(work.step.id, answer.spent)
    if (signal.aborted || isFailure(due, answer.result)) await giveUp(ctx, work, answer, signal)
    if (due.phase !== 'clarity') return await finishStep(ctx, work, answer, signal, follow)
    return await finishClarity(ctx, work, answer, signal)
  } finally {
    await answer?.stored.catch(() => {}) // also where the step has failed
    run.spending.end(work.step.id)
  }
}

async function answerOf(
  ctx: OrchestratorContext,
  { work, answered }: BegunStep,
  signal: AbortSignal,
): Promise<Answer> {
  const earlier = answered && (await earlierAnswer(work.run, answered, signal))
  return (
    earlier ??
    guardRepository(
      ctx,
      work,
      signal,
      () => askFor(ctx, work, signal),
      ({ stored }) => stored,
    )
  )
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
  await answer.stored
  const end = { ...stepEnding(ctx, work, answer), status }
  await patiently(ctx, signal, () => updateStep(ctx.db, work.step.id, end))
  signal.throwIfAborted()
  throw new StepFailedError(answer.result)
}

function endOf(signal: AbortSignal): StepStatus {
  return signal.reason === 'cancel' ? 'cancelled' : 'interrupted'
}

import { findExecution } from '#db/queries/executions.ts'
import { isActive } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { type BegunStep, beginStep, type StepBeginning } from './begin-step.ts'
import { settleOpenGuard } from './checks/guard-files.ts'
import type { Due } from './due.ts'
import { endRun } from './end-run.ts'
import { moveCard } from './move-card.ts'
import { nextStep } from './next-step.ts'
import { NoRoomError } from './no-room.ts'
import { noteSandbox } from './note-sandbox.ts'
import { patiently } from './patiently.ts'
import { prepareRun } from './prepare-run.ts'
import { reachGate } from './reach-gate.ts'
import { loadState, type Recorded } from './record.ts'
import { recordOwn } from './record-own.ts'
import type { RetryWaits } from './retry-waits.ts'
import type { OrchestratorContext, Run } from './run-context.ts'
import { runStep } from './run-step.ts'
import { dueOf } from './state.ts'
import { takePlace } from './take-place.ts'

/**
 * Runs an execution to its end: step after step, until nothing is due, it fails, or the signal aborts it. `no_room`: the
 * column in which agents work has filled up meanwhile, and nothing was begun.
 */
export async function runExecution(
  ctx: OrchestratorContext,
  id: ExecutionId,
  retries: RetryWaits,
  signal: AbortSignal,
): Promise<'over' | 'no_room'> {
  let run: Run | undefined
  try {
    const row = await patiently(ctx, signal, () => findExecution(ctx.db, id))
    if (!row || !isActive(row.status)) return 'over'
    await takePlace(ctx, row, signal)
    run = { ...(await prepareRun(ctx, row, signal)), retries }
    await settleChecks(ctx, run, signal)
    await noteSandbox(ctx, run, signal)
    await goOn(ctx, run, signal)
  } catch (error) {
    if (error instanceof NoRoomError && !signal.aborted) return 'no_room'
    await endRun(ctx, id, run, error, signal)
  }
  return 'over'
}

/** The app may have been killed while it ran commands of the project; mostly that was looked after when it began anew. */
async function settleChecks(
  ctx: OrchestratorContext,
  { row, workspace }: Run,
  signal: AbortSignal,
): Promise<void> {
  const settled = await settleOpenGuard(workspace.path, row.id, signal)
  if (!settled) return
  await recordOwn(ctx, row.id, { type: 'note' }, signal, async ({ log }) => {
    for (const text of settled.texts) log({ type: 'notice', level: 'warn', text }, settled.step)
  })
}

/** Does what is due, until somebody else has to do something or nothing is due any more. */
async function goOn(ctx: OrchestratorContext, run: Run, signal: AbortSignal): Promise<void> {
  let known: Known | null = null
  for (;;) {
    signal.throwIfAborted()
    const { row, state, beginning }: Known =
      known ?? (await patiently(ctx, signal, () => loadState(ctx.db, run.row.id)))
    if (state.status !== 'running') return
    const now = { ...run, row }
    if (beginning) {
      known = await runAlone(ctx, await beginning.begun(row), signal)
      continue
    }
    const due = dueOf(state)
    if (due.type === 'end') return void (await recordOwn(ctx, row, { type: 'conclude' }, signal, moveCard))
    if (due.type === 'gate') return reachGate(ctx, now, due, signal)
    known = await runSteps(ctx, now, due.steps, signal)
  }
}

/** What is true after a step. */
interface Known extends Recorded {
  /** Of the next step, which has begun with the end of that one. */
  beginning?: StepBeginning | null
}

async function runAlone(ctx: OrchestratorContext, begun: BegunStep, signal: AbortSignal): Promise<Known> {
  const next = nextStep(ctx, begun.work.run, signal)
  const recorded = await runStep(ctx, begun, signal, next.follow)
  return { ...recorded, beginning: next.beginning }
}

/**
 * All at once; when one cannot go on, the others end with it. Gives what is true after a step that was alone; of several,
 * which was the last is for the database to tell.
 */
async function runSteps(
  ctx: OrchestratorContext,
  run: Run,
  steps: Extract<Due, { type: 'steps' }>['steps'],
  signal: AbortSignal,
): Promise<Known | null> {
  const [first, ...others] = steps
  if (others.length === 0) return runAlone(ctx, await beginStep(ctx, run, first, signal), signal)
  const together = new AbortController()
  const either = AbortSignal.any([signal, together.signal])
  const failures: unknown[] = []
  await Promise.all(
    steps.map(async (due) => {
      try {
        await runStep(ctx, await beginStep(ctx, run, due, either), either)
      } catch (error) {
        failures.push(error)
        together.abort('interrupt')
      }
    }),
  )
  if (failures.length > 0) throw failures[0]
  return null
}

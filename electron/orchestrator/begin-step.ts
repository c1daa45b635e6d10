import { type AnsweredStep, findAnswered, insertStep, nextSequence, type StepRow } from '#db/queries/steps.ts'
import { StepId } from '#shared/ids.ts'
import { chooseAgent } from './choose-agent.ts'
import type { DueStep } from './due.ts'
import { recordOwn } from './record-own.ts'
import type { OrchestratorContext, Run, StepWork } from './run-context.ts'
import { spentBy } from './spending.ts'
import { mayEdit } from './step-input.ts'

export interface BegunStep {
  work: StepWork
  /** What the same step has left that was ended after its agent had answered, say while its work was checked. */
  answered: AnsweredStep | null
}

/** Writes down that a step which is due begins. */
export async function beginStep(
  ctx: OrchestratorContext,
  run: Run,
  due: DueStep,
  signal: AbortSignal,
): Promise<BegunStep> {
  const { path, phase, iteration } = due
  const { provider, model } = chooseAgent(run.row, due, run.settings)
  const asked: { begun?: Promise<[StepRow, AnsweredStep | null]> } = {}
  const command = { type: 'begin_step', path } as const
  const { row } = await recordOwn(ctx, run.row, command, signal, async ({ work, send, log }) => {
    const id = StepId.parse(ctx.newId())
    const step = insertStep(work.tx, {
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
    const answered = mayEdit(phase) ? findAnswered(work.tx, run.row.id, path, id) : null
    asked.begun = Promise.all([step, answered])
    send(asked.begun)
    log({ type: 'step_started', phase, iteration, model }, id)
  })
  if (!asked.begun) throw new Error('No step was due')
  const [step, answered] = await asked.begun
  run.spending.begin(step.id, spentBy(row))
  return { work: { run: { ...run, row }, due, step, provider, model }, answered }
}

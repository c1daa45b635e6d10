import type { ExecutionRow } from '#db/queries/executions.ts'
import { type AnsweredStep, findAnswered, insertStep, nextSequence, type StepRow } from '#db/queries/steps.ts'
import { StepId } from '#shared/ids.ts'
import { chooseAgent } from './choose-agent.ts'
import type { DueStep } from './due.ts'
import type { Following } from './record.ts'
import { recordOwn } from './record-own.ts'
import type { OrchestratorContext, Run, StepWork } from './run-context.ts'
import { spentBy } from './spending.ts'
import { mayEdit } from './step-input.ts'

export interface BegunStep {
  work: StepWork
  /** What the same step has left that was ended after its agent had answered, say while its work was checked. */
  answered: AnsweredStep | null
}

/** How a step begins: what is asked and written, and the step once it is. */
export interface StepBeginning extends Following {
  /** With the row as it was written. */
  begun(row: ExecutionRow): Promise<BegunStep>
}

/** Writes down that a step which is due begins. */
export async function beginStep(
  ctx: OrchestratorContext,
  run: Run,
  due: DueStep,
  signal: AbortSignal,
): Promise<BegunStep> {
  const beginning = beginningOf(ctx, run, due)
  const { row } = await recordOwn(ctx, run.row, beginning.command, signal, beginning.also)
  return beginning.begun(row)
}

export function beginningOf(ctx: OrchestratorContext, run: Run, due: DueStep): StepBeginning {
  const { path, phase, iteration } = due
  const { provider, model } = chooseAgent(run.row, due, run.settings)
  let asked: Promise<[StepRow, AnsweredStep | null]> | undefined
  return {
    command: { type: 'begin_step', path },
    async also({ work, send, log }) {
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
      asked = Promise.all([step, answered])
      send(asked)
      log({ type: 'step_started', phase, iteration, model }, id)
    },
    async begun(row) {
      if (!asked) throw new Error('No step was due')
      const [step, answered] = await asked
      run.spending.begin(step.id, spentBy(row))
      return { work: { run: { ...run, row }, due, step, provider, model }, answered }
    },
  }
}

import { replaceQuestions } from '#db/queries/questions.ts'
import { updateStep } from '#db/queries/steps.ts'
import type { ClarityReport } from '#shared/clarification.ts'
import { QuestionId } from '#shared/ids.ts'
import type { Answer } from './ask-step.ts'
import { needsAnswers } from './clarity.ts'
import { usageColumns } from './event-log.ts'
import type { Recorded } from './record.ts'
import { recordOwn } from './record-own.ts'
import type { OrchestratorContext, StepWork } from './run-context.ts'
import { stepEnding } from './step-ending.ts'

/**
 * Records how clear the card is. Below the board's threshold the execution waits for answers; a check that failed or that
 * cannot be read holds nothing up, and says so. Gives what is true then.
 */
export async function finishClarity(
  ctx: OrchestratorContext,
  work: StepWork,
  answer: Answer,
  signal: AbortSignal,
): Promise<Recorded> {
  const { run, due, step } = work
  const { result, report, spent } = answer
  const asked = report && needsAnswers(report, run.settings.clarity_threshold) ? report.questions : []
  const { path, phase, iteration } = due
  const finished = { path, phase, iteration, verdict: null, checks: null, changed: false }
  const command = { type: 'finish_step', step: finished, questions: asked.length } as const
  await answer.stored
  return recordOwn(ctx, run.row, command, signal, async ({ work: { tx }, set, log }) => {
    const status = result.status === 'completed' ? 'completed' : 'failed'
    const output_content = report ? textOf(report) : result.text
    await updateStep(tx, step.id, {
      ...stepEnding(ctx, work, answer),
      status,
      output_content,
      head_commit: run.row.head_commit,
    })
    if (asked.length > 0)
      await replaceQuestions(
        tx,
        run.row.id,
        asked.map((question, index) => ({
          id: QuestionId.parse(ctx.newId()),
          execution_id: run.row.id,
          step_id: step.id,
          position: index + 1,
          ...question,
        })),
      )
    const text = noticeOf(report, result.failure?.message ?? null)
    log({ type: 'notice', level: report ? 'info' : 'warn', text }, step.id)
    log({ type: 'step_finished', phase, iteration, summary: text.slice(0, 500) }, step.id)
    const total = run.spending.note(step.id, spent)
    set({ ...usageColumns(total.usage, total.costUsd), clarity_score: report?.score ?? null })
  })
}

function textOf({ score, summary }: ClarityReport): string {
  return `Clarity: ${score} of 100. ${summary}`
}

function noticeOf(report: ClarityReport | null, failure: string | null): string {
  if (report) return textOf(report)
  const why = failure ?? 'Its answer could not be read.'
  return `The clarity check came to no result: ${why} The agents go on with the card as it is.`
}

import { findExecution } from '#db/queries/executions.ts'
import * as queries from '#db/queries/questions.ts'
import type { AnswerQuestions, ClarificationQuestion } from '#shared/clarification.ts'
import { NotFoundError } from '#shared/errors.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { type GoOnContext, goOn } from './go-on.ts'

/** What the agents ask about the card, and what was answered. */
export async function listQuestions(
  ctx: Pick<AppContext, 'db'>,
  id: ExecutionId,
): Promise<ClarificationQuestion[]> {
  if (!(await findExecution(ctx.db, id))) throw new NotFoundError('Execution', id)
  return queries.listQuestions(ctx.db, id)
}

/** The agents begin with these answers; without any the questions are skipped. What is not answered is left to them. */
export async function answerQuestions(
  ctx: GoOnContext,
  { execution_id, answers }: AnswerQuestions,
): Promise<ExecutionSummary> {
  const command = { type: 'answer_questions', skipped: answers.length === 0 } as const
  return goOn(ctx, execution_id, command, async ({ work }) => {
    const by = { answered_by: ctx.actor().name, answered_at: ctx.now() }
    for (const { id, answer } of answers) {
      const stored = await queries.answerQuestion(work.tx, execution_id, id, { answer, ...by })
      if (!stored) throw new NotFoundError('Question', id)
    }
  })
}

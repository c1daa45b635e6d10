import { and, asc, eq, isNotNull } from 'drizzle-orm'
import type { ExecutionId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { clarificationQuestions } from '../schema/agents.ts'

/** What people answered to the questions of the clarity check, in the order of the questions. */
export async function listAnswers(
  db: Db,
  executionId: ExecutionId,
): Promise<{ question: string; answer: string }[]> {
  const rows = await db
    .select({ question: clarificationQuestions.question, answer: clarificationQuestions.answer })
    .from(clarificationQuestions)
    .where(
      and(eq(clarificationQuestions.execution_id, executionId), isNotNull(clarificationQuestions.answer)),
    )
    .orderBy(asc(clarificationQuestions.position))
  return rows.flatMap(({ question, answer }) => (answer === null ? [] : [{ question, answer }]))
}

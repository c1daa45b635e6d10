import { and, asc, eq } from 'drizzle-orm'
import { ClarificationQuestion } from '#shared/clarification.ts'
import type { ExecutionId, QuestionId } from '#shared/ids.ts'
import type { Db } from '../client.ts'
import { insertMany } from '../insert-many.ts'
import { clarificationQuestions } from '../schema/agents.ts'
import { storable } from '../storable.ts'

type NewQuestion = Pick<
  typeof clarificationQuestions.$inferInsert,
  'id' | 'execution_id' | 'step_id' | 'position' | 'kind' | 'question' | 'options'
>

/** In their order. */
export async function listQuestions(db: Db, executionId: ExecutionId): Promise<ClarificationQuestion[]> {
  const rows = await db
    .select()
    .from(clarificationQuestions)
    .where(eq(clarificationQuestions.execution_id, executionId))
    .orderBy(asc(clarificationQuestions.position))
  return rows.map((row) => ClarificationQuestion.parse(row))
}

/** In place of those that the execution had: its check was made anew. */
export async function replaceQuestions(
  tx: Db,
  executionId: ExecutionId,
  questions: NewQuestion[],
): Promise<void> {
  await tx.delete(clarificationQuestions).where(eq(clarificationQuestions.execution_id, executionId))
  await insertMany(tx, clarificationQuestions, questions)
}

/** Null: the execution has no such question. */
export async function answerQuestion(
  tx: Db,
  executionId: ExecutionId,
  id: QuestionId,
  values: { answer: string; answered_by: string; answered_at: Date },
): Promise<ClarificationQuestion | null> {
  const [row] = await tx
    .update(clarificationQuestions)
    .set(storable(values))
    .where(and(eq(clarificationQuestions.execution_id, executionId), eq(clarificationQuestions.id, id)))
    .returning()
  return row ? ClarificationQuestion.parse(row) : null
}

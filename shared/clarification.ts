import { z } from 'zod'
import { ExecutionId, QuestionId } from './ids.ts'

export const QuestionKind = z.enum(['single_choice', 'multiple_choice', 'free_text'])
export type QuestionKind = z.infer<typeof QuestionKind>

/** Below this score the execution asks, unless its board says another one. */
export const DEFAULT_CLARITY_THRESHOLD = 75
export const MOST_QUESTIONS = 5

export const ClarificationQuestion = z.object({
  id: QuestionId,
  execution_id: ExecutionId,
  /** From 1. */
  position: z.number().int(),
  kind: QuestionKind,
  question: z.string(),
  options: z.array(z.string()),
  /** Of several choices: one a line. */
  answer: z.string().nullable(),
  answered_by: z.string().nullable(),
  answered_at: z.coerce.date().nullable(),
})
export type ClarificationQuestion = z.infer<typeof ClarificationQuestion>

/** What the clarity check answers. */
export const ClarityReport = z.object({
  score: z.number().int().min(0).max(100),
  summary: z.string(),
  questions: z
    .array(
      z.object({
        kind: QuestionKind,
        question: z.string().min(1).max(1000),
        options: z.array(z.string().min(1).max(200)).max(10),
      }),
    )
    .max(MOST_QUESTIONS),
})
export type ClarityReport = z.infer<typeof ClarityReport>

/** Without answers: skip the questions and go on with the card as it is. */
export const AnswerQuestions = z.strictObject({
  execution_id: ExecutionId,
  answers: z
    .array(z.strictObject({ id: QuestionId, answer: z.string().trim().min(1).max(5000) }))
    .max(MOST_QUESTIONS),
})
export type AnswerQuestions = z.infer<typeof AnswerQuestions>

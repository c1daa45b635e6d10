import { z } from 'zod'
import {
  ClarityReport,
  DEFAULT_CLARITY_THRESHOLD,
  MOST_QUESTIONS,
  QuestionKind,
} from '#shared/clarification.ts'

/** JSON schema of a clarity report, as the structured output format of the Messages API wants it. */
export const CLARITY_SCHEMA: Record<string, unknown> = {
  type: 'object',
  additionalProperties: false,
  required: ['score', 'summary', 'questions'],
  properties: {
    score: { type: 'integer', description: '0 to 100: how clear the task is' },
    summary: { type: 'string' },
    questions: {
      type: 'array',
      description: `At most ${MOST_QUESTIONS}; none when the task is clear`,
      items: {
        type: 'object',
        additionalProperties: false,
        required: ['kind', 'question', 'options'],
        properties: {
          kind: { type: 'string', enum: QuestionKind.options },
          question: { type: 'string' },
          options: { type: 'array', items: { type: 'string' } },
        },
      },
    },
  },
}

/** What a model answers: it may be longer than what is kept. */
const Answer = z.object({
  score: z.number(),
  summary: z.string(),
  questions: z.array(
    z.object({
      kind: QuestionKind.catch('free_text'),
      question: z.string(),
      options: z.array(z.string()).catch([]),
    }),
  ),
})

const MOST_OPTIONS = 10

/**
 * The report, or null when the text is none. Prose around one JSON object is forgiven; what is too long is cut, questions
 * beyond the fifth are left out, and a choice between less than two things becomes a free one.
 */
export function parseClarity(text: string): ClarityReport | null {
  const from = text.indexOf('{')
  const to = text.lastIndexOf('}')
  if (from < 0 || to <= from) return null
  const answer = Answer.safeParse(parseJson(text.slice(from, to + 1)))
  if (!answer.success) return null
  const { score, summary, questions } = answer.data
  if (!Number.isFinite(score)) return null
  const report = ClarityReport.safeParse({
    score: Math.round(Math.min(100, Math.max(0, score))),
    summary,
    questions: questions
      .filter(({ question }) => question.trim() !== '')
      .slice(0, MOST_QUESTIONS)
      .map(bounded),
  })
  return report.success ? report.data : null
}

/** Below the threshold, with something to ask, the person is asked. */
export function needsAnswers(report: ClarityReport, threshold: number | undefined): boolean {
  return report.score < (threshold ?? DEFAULT_CLARITY_THRESHOLD) && report.questions.length > 0
}

function bounded({ kind, question, options }: z.infer<typeof Answer>['questions'][number]) {
  const choices = [...new Set(options.map((option) => option.trim().slice(0, 200)).filter(Boolean))]
  const isChoice = kind !== 'free_text' && choices.length > 1
  return {
    kind: isChoice ? kind : ('free_text' as const),
    question: question.trim().slice(0, 1000),
    options: isChoice ? choices.slice(0, MOST_OPTIONS) : [],
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

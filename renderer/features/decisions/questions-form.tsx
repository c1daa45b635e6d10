import { useQuery, useQueryClient } from '@tanstack/react-query'
import { MessageCircleQuestionMark } from 'lucide-react'
import { useState } from 'react'
import type { AnswerQuestions, ClarificationQuestion } from '#shared/clarification.ts'
import type { ExecutionSummary } from '#shared/execution.ts'
import type { QuestionId } from '#shared/ids.ts'
import { keys } from '../../lib/query-keys.ts'
import { readTextDraft, writeTextDraft } from '../../lib/text-draft.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { useAction } from '../../lib/use-action.ts'
import { Button } from '../../ui/button.tsx'
import { Field, TextArea } from '../../ui/field.tsx'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { isTooLong } from '../../ui/too-long.tsx'
import styles from './decisions.module.css'

const LONGEST = 5000

/** Under which an answer is kept until it is sent. */
const slotOf = (id: QuestionId) => `answer:${id}`

/** What the agents want to know before they begin. */
export function QuestionsForm({ execution }: { execution: ExecutionSummary }) {
  const cache = useQueryClient()
  const { data, error, refetch } = useQuery({
    queryKey: keys.questions(execution.id),
    queryFn: () => api.executions.questions.query({ id: execution.id }),
  })
  const [written, setWritten] = useState<ReadonlyMap<QuestionId, string>>(new Map())
  const send = useAction((input: AnswerQuestions) => api.executions.answerQuestions.mutate(input), {
    failed: texts.decisions.yourAnswersDidNotArrive,
    onSuccess: () => {
      for (const { id } of data ?? []) writeTextDraft(slotOf(id), '')
      void cache.invalidateQueries({ queryKey: keys.questions(execution.id) })
    },
  })
  if (error && !data) {
    return (
      <ErrorState
        title={texts.decisions.questionsCouldNotRead}
        error={error}
        onRetry={() => void refetch()}
      />
    )
  }
  if (!data) return <Skeleton height="96px" />
  const open = data.filter(({ answered_at }) => answered_at === null)
  const answerTo = (id: QuestionId) => written.get(id) ?? readTextDraft(slotOf(id)) ?? ''
  const set = (id: QuestionId, answer: string) => {
    writeTextDraft(slotOf(id), answer)
    setWritten((before) => new Map(before).set(id, answer))
  }
  const given = open.flatMap(({ id }) => {
    const answer = answerTo(id).trim()
    return answer ? [{ id, answer }] : []
  })
  const isRefused = given.length === 0 || given.some(({ answer }) => isTooLong(answer, LONGEST))
  return (
    <form
      className={styles.questions}
      aria-label={texts.decisions.questionsAgents}
      onSubmit={(event) => {
        event.preventDefault()
        // Keys send it although the button rests while the answers are on their way.
        if (!isRefused && !send.isPending) send.mutate({ execution_id: execution.id, answers: given })
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return
        event.preventDefault()
        event.currentTarget.requestSubmit()
      }}
    >
      <p className={styles.line}>
        <MessageCircleQuestionMark aria-hidden="true" />
        <span className={styles.what}>
          {execution.clarity_score === null
            ? texts.decisions.cardNotClearEnoughYet
            : texts.decisions.cardClear(execution.clarity_score)}
        </span>
      </p>
      {open.map((question) => (
        <Question
          key={question.id}
          question={question}
          answer={answerTo(question.id)}
          onAnswer={(answer) => set(question.id, answer)}
        />
      ))}
      <div className={styles.answers}>
        <Button type="submit" size="small" variant="primary" disabled={isRefused} isBusy={send.isPending}>
          {given.length === open.length || given.length === 0
            ? texts.decisions.sendAnswers
            : texts.decisions.sendOf(given.length, open.length)}
        </Button>
        <Button
          size="small"
          variant="ghost"
          disabled={send.isPending}
          onClick={() => send.mutate({ execution_id: execution.id, answers: [] })}
        >
          {texts.decisions.skipAndGo}
        </Button>
      </div>
    </form>
  )
}

interface QuestionProps {
  question: ClarificationQuestion
  answer: string
  onAnswer: (answer: string) => void
}

function Question({ question: { id, kind, question, options, position }, answer, onAnswer }: QuestionProps) {
  const label = `${position}. ${question}`
  if (kind === 'free_text') {
    return (
      <Field label={label}>
        {(attributes) => (
          <TextArea
            {...attributes}
            rows={2}
            limit={LONGEST}
            value={answer}
            onChange={(event) => onAnswer(event.target.value)}
          />
        )}
      </Field>
    )
  }
  const chosen = answer === '' ? [] : answer.split('\n')
  const isSingle = kind === 'single_choice'
  return (
    <fieldset className={styles.options}>
      <legend>{label}</legend>
      {options.map((option) => (
        <label key={option}>
          <input
            type={isSingle ? 'radio' : 'checkbox'}
            name={id}
            checked={chosen.includes(option)}
            onChange={(event) => {
              const others = isSingle ? [] : chosen.filter((one) => one !== option)
              onAnswer((event.target.checked ? [...others, option] : others).join('\n'))
            }}
          />
          {option}
        </label>
      ))}
    </fieldset>
  )
}

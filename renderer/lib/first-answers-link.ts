import { type OperationResultEnvelope, TRPCClientError, type TRPCLink } from '@trpc/client'
import type { AnyTRPCRouter } from '@trpc/server'
import { type Observable, observable, type Unsubscribable } from '@trpc/server/observable'
import type { FirstAnswer, FirstAnswers } from './first-answers.ts'

/** Gives queries what was asked for them before the app's code was read. */
export function firstAnswersLink<TRouter extends AnyTRPCRouter>(
  first: Pick<FirstAnswers, 'take'>,
): TRPCLink<TRouter> {
  return () =>
    ({ op, next }) => {
      const answer = op.type === 'query' ? first.take(op.path, op.input) : undefined
      return answer ? given<TRouter>(answer, () => next(op)) : next(op)
    }
}

type Result<TRouter extends AnyTRPCRouter> = Observable<
  OperationResultEnvelope<unknown, TRPCClientError<TRouter>>,
  TRPCClientError<TRouter>
>

function given<TRouter extends AnyTRPCRouter>(
  answer: Promise<FirstAnswer>,
  ask: () => Result<TRouter>,
): Result<TRouter> {
  return observable((observer) => {
    let asked: Unsubscribable | undefined
    let isOver = false
    const give = (found: FirstAnswer) => {
      if (isOver) return
      if (!found) asked = ask().subscribe(observer)
      else if ('error' in found) observer.error(TRPCClientError.from({ error: found.error }))
      else observer.next({ result: { type: 'data', data: found.data } })
    }
    void answer.then(give)
    return () => {
      isOver = true
      asked?.unsubscribe()
    }
  })
}

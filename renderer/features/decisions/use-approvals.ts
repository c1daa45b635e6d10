import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import type { AnswerApproval } from '#shared/approval.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { followLive } from '../../lib/live.ts'
import { keys } from '../../lib/query-keys.ts'
import { readAnew } from '../../lib/read-anew.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { showToast } from '../../ui/toast.tsx'
import { forgetRefusals } from './refusal-drafts.ts'

/** Keeps the open questions of all agents up to date; once in a window. */
export function useApprovalsLive(): void {
  const cache = useQueryClient()
  useEffect(
    () =>
      followLive<{ pending: number }>({
        lastEventId: '',
        open: (_, handlers) => {
          const subscription = api.approvals.onChange.subscribe(undefined, {
            onStarted: handlers.onStarted,
            onData: (data) => handlers.onData({ id: '', data }),
            onError: handlers.onError,
          })
          return () => subscription.unsubscribe()
        },
        onBatch: (batch) => {
          cache.setQueryData(keys.pendingApprovals, batch.at(-1)?.data.pending ?? 0)
          void readAnew(cache, ['approvals'])
        },
      }),
    [cache],
  )
}

/** How many questions wait. */
export function usePendingApprovals(): number {
  return useQuery<number>({ queryKey: keys.pendingApprovals, enabled: false, initialData: 0 }).data
}

/** The questions that wait, oldest first; with `answered` those of before. */
export function useApprovals(of: { executionId?: ExecutionId; answered?: boolean } = {}) {
  const { executionId, answered = false } = of
  return useQuery({
    queryKey: keys.approvals(executionId ?? null, answered),
    queryFn: ({ signal }) =>
      api.approvals.list.query({ answered, ...(executionId && { execution_id: executionId }) }, { signal }),
  })
}

export function useAnswer() {
  const cache = useQueryClient()
  return useMutation({
    mutationFn: (answer: AnswerApproval) => api.approvals.answer.mutate(answer),
    onSuccess: (_, { id }) => forgetRefusals(id),
    onError: (error) =>
      showToast({ tone: 'bad', title: texts.decisions.yourAnswerDidNotArrive, text: errorText(error) }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['approvals'] }),
  })
}

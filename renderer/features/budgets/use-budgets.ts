import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import type { SetBudget, SetModelPrice } from '#shared/budget.ts'
import type { BoardId } from '#shared/ids.ts'
import { errorText } from '../../lib/error-text.ts'
import { formatExactCost } from '../../lib/format.ts'
import { keys } from '../../lib/query-keys.ts'
import { texts } from '../../lib/texts/texts.ts'
import { api } from '../../lib/trpc.ts'
import { callStep } from '../../lib/undo/call-step.ts'
import { currentPlace } from '../../lib/undo/current-place.ts'
import { recordStep } from '../../lib/undo/undo-store.ts'
import { showToast } from '../../ui/toast.tsx'

/** Agents spend, and other windows set, while it is looked at. */
const LOOK_AGAIN_MS = 5_000

const failed = (title: string) => (error: Error) => showToast({ tone: 'bad', title, text: errorText(error) })

/** The limits of a board and of all boards together, and the way to set them; setting one can be undone. */
export function useBudgets(boardId: BoardId | null) {
  const cache = useQueryClient()
  const query = useQuery({
    queryKey: keys.budgets(boardId),
    queryFn: () => api.budgets.list.query(boardId ? { board_id: boardId } : {}),
    staleTime: 0,
    refetchInterval: LOOK_AGAIN_MS,
  })
  const write = async (input: SetBudget) => {
    await api.budgets.set.mutate(input)
    await cache.invalidateQueries({ queryKey: ['budgets'] })
  }
  const set = useMutation({
    mutationFn: async (input: SetBudget) => {
      // Now: once it is written, what is known of it is new already.
      const before = query.data?.find((one) => one.board_id === input.board_id && one.period === input.period)
      await write(input)
      return before
    },
    onSuccess: (before, input) => {
      const step = callStep(
        () => write({ ...input, limit_usd: before?.limit_usd ?? null }),
        () => write(input),
      )
      const run = recordStep(currentPlace(), texts.budgets.changedBudget, step)
      showToast({
        title: texts.budgets.budgetChanged,
        text: nowText(input),
        action: { label: texts.budgets.undo, run },
        subject: `budget ${input.board_id ?? 'all'} ${input.period}`,
      })
    },
    onError: failed(texts.budgets.budgetNotChanged),
  })
  return { query, set }
}

function nowText({ period, limit_usd }: SetBudget): string {
  const which = period === 'month' ? texts.budgets.inMonth : texts.budgets.forOneRun
  const limit = limit_usd === null ? texts.budgets.noLimit : formatExactCost(limit_usd)
  return texts.budgets.isNow(which, limit)
}

/** What models cost, as the app and people say it. */
export function usePrices() {
  const cache = useQueryClient()
  const query = useQuery({ queryKey: keys.prices, queryFn: () => api.prices.list.query() })
  const unpriced = useQuery({ queryKey: keys.unpriced, queryFn: () => api.prices.unpriced.query() })
  const onSettled = async () => {
    await cache.invalidateQueries({ queryKey: keys.prices })
    await cache.invalidateQueries({ queryKey: keys.unpriced })
  }
  const set = useMutation({
    mutationFn: (price: SetModelPrice) => api.prices.set.mutate(price),
    onError: failed(texts.budgets.priceNotSet),
    onSettled,
  })
  const reset = useMutation({
    mutationFn: (model: string) => api.prices.reset.mutate({ model }),
    onError: failed(texts.budgets.priceNotReset),
    onSettled,
  })
  return { query, unpriced, set, reset }
}

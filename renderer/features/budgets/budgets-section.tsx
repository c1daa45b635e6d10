import type { BudgetPeriod } from '#shared/budget.ts'
import type { BoardId } from '#shared/ids.ts'
import { ErrorState } from '../../ui/notice.tsx'
import { Skeleton } from '../../ui/skeleton.tsx'
import { BudgetField } from './budget-field.tsx'
import styles from './budgets.module.css'
import { useBudgets } from './use-budgets.ts'

/** The limits of a board, or with null those of all boards together. */
export function BudgetsSection({ boardId }: { boardId: BoardId | null }) {
  const { query, set } = useBudgets(boardId)
  if (query.error && !query.data) {
    return (
      <ErrorState
        title="The budgets could not be read"
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    )
  }
  if (!query.data) return <Skeleton height="88px" />
  const of = (period: BudgetPeriod) =>
    query.data.find((one) => one.board_id === boardId && one.period === period)
  return (
    <section className={styles.section} aria-label="Budgets">
      <h2 className={styles.heading}>{boardId ? 'Budgets of this board' : 'Budgets of all boards'}</h2>
      <p className={styles.hint}>
        You are told at 80 %. At the limit no further call of a model begins, and what works waits for you;
        raising the limit lets it go on.
      </p>
      <div className={styles.fields}>
        <BudgetField
          key={`month ${of('month')?.limit_usd}`}
          label="In a month"
          hint={
            boardId
              ? 'All runs of this board, by calendar month (UTC).'
              : 'All runs, by calendar month (UTC).'
          }
          budget={of('month')}
          isBusy={set.isPending}
          onSet={(limit_usd) => set.mutate({ board_id: boardId, period: 'month', limit_usd })}
        />
        <BudgetField
          key={`execution ${of('execution')?.limit_usd}`}
          label="For one run"
          hint={
            boardId ? 'Each run on a card of this board.' : 'Each run, where its board says nothing else.'
          }
          budget={of('execution')}
          isBusy={set.isPending}
          onSet={(limit_usd) => set.mutate({ board_id: boardId, period: 'execution', limit_usd })}
        />
      </div>
    </section>
  )
}

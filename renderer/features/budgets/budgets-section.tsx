import type { BudgetPeriod } from '#shared/budget.ts'
import type { BoardId } from '#shared/ids.ts'
import { texts } from '../../lib/texts/texts.ts'
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
        title={texts.budgets.budgetsCouldNotRead}
        error={query.error}
        onRetry={() => void query.refetch()}
      />
    )
  }
  if (!query.data) return <Skeleton height="88px" />
  const of = (period: BudgetPeriod) =>
    query.data.find((one) => one.board_id === boardId && one.period === period)
  const setting = (period: BudgetPeriod) => ({
    isBusy: set.isPending && set.variables.period === period,
    onSet: (limit_usd: number | null) =>
      set.mutateAsync({ board_id: boardId, period, limit_usd }).then(
        () => true,
        () => false, // a toast says why
      ),
  })
  return (
    <section className={styles.section} aria-label={texts.budgets.budgets}>
      <header>
        <h2 className={styles.heading}>
          {boardId ? texts.budgets.budgetsBoard : texts.budgets.budgetsAllBoards}
        </h2>
        <p className={styles.hint}>{texts.budgets.toldAtMost}</p>
      </header>
      <div className={styles.fields}>
        <BudgetField
          label={texts.budgets.inMonth}
          hint={boardId ? texts.budgets.allRunsBoard : texts.budgets.allRunsByCalendar}
          budget={of('month')}
          {...setting('month')}
        />
        <BudgetField
          label={texts.budgets.forOneRun}
          hint={boardId ? texts.budgets.eachRunOnCardBoard : texts.budgets.eachRunWhereBoard}
          budget={of('execution')}
          {...setting('execution')}
        />
      </div>
    </section>
  )
}

import { markWarned } from '#db/queries/budgets.ts'
import { findExecution } from '#db/queries/executions.ts'
import { findTask } from '#db/queries/tasks.ts'
import { SYSTEM } from '#shared/actor.ts'
import type { BudgetScope } from '#shared/budget.ts'
import type { BoardId, ExecutionId } from '#shared/ids.ts'
import { tellConcerned } from '../orchestrator/execution-notices.ts'
import { changeBoard } from '../services/change-board.ts'
import { cardActivity } from '../services/task-activity.ts'
import { isNearLimit, type Limits, SCOPES, warningSentence } from './decide-call.ts'
import type { CallSubject } from './model-call.ts'
import type { MeterContext } from './model-meter.ts'

interface Change {
  before: Limits
  after: Limits
  /** The limit of which an execution's people have been warned. */
  warned: Map<ExecutionId, number>
}

/**
 * Tells people once that 80 % of a limit are spent: in the execution's log, the board's feed and the inbox of those whom
 * the card concerns. Of a month's limit once in the month, whichever app sees it first.
 */
export async function warnOfBudgets(ctx: MeterContext, subject: CallSubject, change: Change): Promise<void> {
  for (const scope of SCOPES) {
    const budget = change.after[scope]
    if (!budget || !isNearLimit(budget)) continue
    if (!(await isNews(ctx, subject, scope, change))) continue
    const sentence = warningSentence(scope, budget.limit_usd, budget.spent_usd)
    subject.notice(sentence)
    await tell(ctx, subject, sentence, `budget:${scope}:${subject.executionId}:${budget.limit_usd}`)
  }
}

async function isNews(
  ctx: MeterContext,
  { executionId, boardId }: CallSubject,
  scope: BudgetScope,
  { before, after, warned }: Change,
): Promise<boolean> {
  if (scope !== 'execution') return markWarned(ctx.db, scope === 'board' ? boardId : noBoard)
  const limit = after.execution?.limit_usd
  if (limit === undefined || warned.get(executionId) === limit) return false
  warned.set(executionId, limit)
  // Otherwise it was told before this app has run it.
  return !before.execution || !isNearLimit(before.execution)
}

const noBoard: BoardId | null = null

async function tell(ctx: MeterContext, subject: CallSubject, body: string, occasion: string): Promise<void> {
  const { boardId, executionId } = subject
  await changeBoard(
    ctx,
    boardId,
    async (work) => {
      const [row, card] = [await findExecution(work.tx, executionId), await findTask(work.tx, subject.taskId)]
      if (!row || !card) return
      const line = cardActivity(
        work.board,
        card,
        'updated',
        (name) => `warned of a budget at ${name}: ${body}`,
      )
      work.note({ ...line, task_execution_id: executionId })
      const sentence = (name: string) => `${name} is near a budget`
      await tellConcerned(work, row, { kind: 'needs_input', sentence, body, occasion })
    },
    { trashed: true, actor: SYSTEM },
  )
}

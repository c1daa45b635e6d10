import { insertApproval } from '#db/queries/approvals.ts'
import { listStepOutlines } from '#db/queries/steps.ts'
import { ApprovalId } from '#shared/ids.ts'
import type { Due } from './due.ts'
import { planOf } from './plan-of.ts'
import { recordOwn } from './record-own.ts'
import type { OrchestratorContext, Run } from './run-context.ts'

/**
 * Puts the question of a gate into the inbox, after a plan with the plan itself: what is agreed to is kept as it was shown.
 * From then on nobody runs the execution, until a person has answered.
 */
export async function reachGate(
  ctx: OrchestratorContext,
  run: Run,
  { node, plan: version }: Extract<Due, { type: 'gate' }>,
  signal: AbortSignal,
): Promise<void> {
  await recordOwn(ctx, run.row.id, { type: 'await_gate' }, signal, async ({ work }) => {
    const plan = version === null ? null : planOf(await listStepOutlines(work.tx, run.row.id))
    const approval = await insertApproval(work.tx, {
      id: ApprovalId.parse(ctx.newId()),
      board_id: work.board.id,
      task_id: run.task.id,
      execution_id: run.row.id,
      kind: plan === null ? 'gate' : 'plan',
      title: node.name,
      ...(plan === null ? { detail: node.question } : { detail: plan, reason: node.question }),
    })
    work.tell({ type: 'approval_updated', data: approval })
    work.wake('approvals')
  })
}

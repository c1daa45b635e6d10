import { insertApproval } from '#db/queries/approvals.ts'
import { ApprovalId } from '#shared/ids.ts'
import type { Due } from './interpret.ts'
import { recordOwn } from './record-own.ts'
import type { OrchestratorContext, Run } from './run-context.ts'
import { PLAN_GATE } from './start-definition.ts'

/** Puts the question of a gate into the inbox. From then on nobody runs the execution, until a person has answered. */
export async function reachGate(
  ctx: OrchestratorContext,
  run: Run,
  { node }: Extract<Due, { type: 'gate' }>,
  signal: AbortSignal,
): Promise<void> {
  await recordOwn(ctx, run.row.id, { type: 'await_gate' }, signal, async ({ work }) => {
    const approval = await insertApproval(work.tx, {
      id: ApprovalId.parse(ctx.newId()),
      board_id: work.board.id,
      task_id: run.task.id,
      execution_id: run.row.id,
      kind: node.id === PLAN_GATE.id ? 'plan' : 'gate',
      title: node.name,
      detail: node.question,
    })
    work.tell({ type: 'approval_updated', data: approval })
    work.wake('approvals')
  })
}

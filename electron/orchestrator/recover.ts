import { endRunningChecks, STEP_CHECKS } from '#db/queries/checks.ts'
import { listAbandonedExecutions } from '#db/queries/executions.ts'
import { settleLostSteps } from '#db/queries/lost-steps.ts'
import { endRunningSteps } from '#db/queries/steps.ts'
import { findWorkspace } from '#db/queries/workspaces.ts'
import { AppError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { Instances } from '../platform/instances.ts'
import { endRecorded } from '../platform/process-record.ts'
import { killTagged } from '../platform/process-tree.ts'
import { settleOpenGuard } from './checks/guard-files.ts'
import { moveCard } from './move-card.ts'
import { record } from './record.ts'
import type { OrchestratorContext } from './run-context.ts'

/**
 * Puts right what dead instances have left: their processes are ended, their executions become `interrupted`.
 * Their work is where they left it, in its workspace; Resume commits it and goes on.
 */
export async function recover(ctx: OrchestratorContext, instances: Instances): Promise<void> {
  const dead = await instances.listDead()
  for (const instanceId of dead) {
    const recorded = await endRecorded(ctx.config.dataFolder, instanceId)
    const left = [...recorded, ...(await killTagged({ instanceId }))]
    if (left.length > 0) ctx.log.error({ pids: left }, 'processes of a dead instance could not be ended')
  }
  await endRunningChecks(ctx.db, { owners: dead })
  const alive = new Set<string | null>(await instances.listAlive())
  for (const row of await listAbandonedExecutions(ctx.db, dead)) {
    // One that lives gives its sign of life late: the computer slept, or the database was away.
    if (alive.has(row.owner_id)) continue
    await interruptLost(ctx, row.id)
  }
  for (const instanceId of dead) await instances.forget(instanceId)
}

/** Ends an execution, with its running step, that nobody runs any more. */
export async function interruptLost(ctx: OrchestratorContext, id: ExecutionId): Promise<void> {
  try {
    await record(ctx, id, { type: 'interrupt' }, async (recording) => {
      await settleLostSteps(recording.work.tx, id)
      await endRunningSteps(recording.work.tx, id, { status: 'interrupted', completed_at: ctx.now() })
      await endRunningChecks(recording.work.tx, { execution: id, kinds: STEP_CHECKS })
      await moveCard(recording)
    })
    ctx.log.warn({ execution_id: id }, 'an execution was interrupted')
  } catch (error) {
    // Its owner or another starter was faster.
    if (!(error instanceof AppError)) throw error
    return
  }
  await settleChecks(ctx, id).catch((error: unknown) =>
    ctx.log.warn({ err: error, execution_id: id }, 'what checks had changed was not put back: Resume does'),
  )
}

/** Before anybody can merge it: what commands of the project had changed is not the work of its agents. */
async function settleChecks(ctx: OrchestratorContext, id: ExecutionId): Promise<void> {
  const stored = await findWorkspace(ctx.db, id)
  const settled = stored && (await settleOpenGuard(stored.path, id, AbortSignal.timeout(SETTLE_MS)))
  if (!settled) return
  await record(ctx, id, { type: 'note' }, async ({ log }) => {
    for (const text of settled.texts) log({ type: 'notice', level: 'warn', text }, settled.step)
  })
}

const SETTLE_MS = 20_000

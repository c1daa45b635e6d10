import { updateStep } from '#db/queries/steps.ts'
import { assertNever } from '#shared/assert-never.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import { runCommand } from '../platform/process.ts'
import type { ProviderEvent, ProviderHost } from '../providers/provider.ts'
import type { EventLog } from './event-log.ts'
import { patiently } from './patiently.ts'
import type { OrchestratorContext, StepWork } from './run-context.ts'
import { addSpent, type Spent } from './spending.ts'
import { CHECK_TIMEOUT_MS } from './step-limits.ts'
import { takeForStep } from './step-messages.ts'

/** What the provider of one step is lent: its events go to the log, its commands run in the workspace. */
export function stepHost(
  ctx: OrchestratorContext,
  work: StepWork,
  log: EventLog,
  /** By this step, before what it is asked now. */
  soFar: Spent,
  signal: AbortSignal,
): ProviderHost {
  const { run, step } = work
  return {
    signal,
    emit: (event) => log.write(toBody(event, (spent) => run.spending.note(step.id, addSpent(soFar, spent)))),
    runCommand: (command, commandSignal) =>
      runCommand({
        command,
        cwd: run.workspace.path,
        instanceId: ctx.instanceId,
        executionId: run.row.id,
        timeoutMs: CHECK_TIMEOUT_MS,
        signal: AbortSignal.any([signal, commandSignal]),
      }),
    async takeMessages() {
      const messages = await takeForStep(ctx, work, log, signal)
      return messages.map(({ author_name, body }) => ({ author: author_name, body }))
    },
    async rememberSession(sessionId) {
      await patiently(ctx, signal, () => updateStep(ctx.db, step.id, { session_id: sessionId }))
    },
  }
}

function toBody(event: ProviderEvent, total: (spent: Spent) => Spent): ExecutionEventBody {
  switch (event.type) {
    case 'text':
    case 'thinking':
      return { type: event.type, message_id: event.messageId, delta: event.delta }
    case 'tool':
      return { ...event, output: event.output ?? null }
    case 'tool_output':
      return { ...event, line: 0 } // the log counts
    case 'retry':
      return {
        type: 'retry',
        attempt: event.attempt,
        max: event.max,
        delay_ms: event.delayMs,
        cause: event.cause,
      }
    case 'usage': {
      const { usage, costUsd } = total({ usage: event.usage, costUsd: event.costUsd })
      return { type: 'usage', usage, cost_usd: costUsd }
    }
    case 'plan':
    case 'notice':
      return event
    default:
      return assertNever(event)
  }
}

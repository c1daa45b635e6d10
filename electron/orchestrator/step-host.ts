import { assertNever } from '#shared/assert-never.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { Usage } from '#shared/provider.ts'
import { runCommand } from '../platform/process.ts'
import type { ProviderEvent, ProviderHost } from '../providers/provider.ts'
import type { EventLog } from './event-log.ts'
import type { OrchestratorContext, Run } from './run-context.ts'
import { CHECK_TIMEOUT_MS } from './step-limits.ts'

/** Tokens and money of an execution before the present step. */
export interface Spent {
  usage: Usage
  costUsd: number | null
}

/** What the provider of one step is lent: its events go to the log, its commands run in the workspace. */
export function stepHost(
  ctx: OrchestratorContext,
  run: Run,
  log: EventLog,
  before: Spent,
  signal: AbortSignal,
): ProviderHost {
  return {
    signal,
    emit: (event) => log.write(toBody(event, before)),
    runCommand: (command, commandSignal) =>
      runCommand({
        command,
        cwd: run.workspace.path,
        instanceId: ctx.instanceId,
        executionId: run.row.id,
        timeoutMs: CHECK_TIMEOUT_MS,
        signal: AbortSignal.any([signal, commandSignal]),
      }),
  }
}

/** The execution's totals after this step has used so much. A sum with an unknown part is unknown. */
export function addSpent(before: Spent, usage: Usage, costUsd: number | null): Spent {
  return {
    usage: {
      input: before.usage.input + usage.input,
      output: before.usage.output + usage.output,
      cache_read: before.usage.cache_read + usage.cache_read,
      cache_write: before.usage.cache_write + usage.cache_write,
    },
    costUsd: before.costUsd === null || costUsd === null ? null : before.costUsd + costUsd,
  }
}

function toBody(event: ProviderEvent, before: Spent): ExecutionEventBody {
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
      const { usage, costUsd } = addSpent(before, event.usage, event.costUsd)
      return { type: 'usage', usage, cost_usd: costUsd }
    }
    case 'plan':
    case 'notice':
      return event
    default:
      return assertNever(event)
  }
}

import { updateStep } from '#db/queries/steps.ts'
import { assertNever } from '#shared/assert-never.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import type { AgentProcess } from '../platform/agent-process.ts'
import type { ProviderEvent, StepHost } from '../providers/provider.ts'
import { cardAccess } from './card-access.ts'
import { runConfined, spawnConfined } from './confined.ts'
import type { EventLog } from './event-log.ts'
import { patiently } from './patiently.ts'
import type { OrchestratorContext, StepWork } from './run-context.ts'
import { addSpent, type Spent } from './spending.ts'
import { CHECK_TIMEOUT_MS } from './step-limits.ts'
import { hearsMessages, takeForStep } from './step-messages.ts'
import { openToolDecider } from './tool-decider.ts'

/** What the provider of one step is lent, until it is disposed of: its events go to the log, its commands run in the workspace. */
export function stepHost(
  ctx: OrchestratorContext,
  work: StepWork,
  log: EventLog,
  /** By this step, before what it is asked now. */
  soFar: Spent,
  signal: AbortSignal,
): StepHost & AsyncDisposable {
  const { run, step } = work
  const decider = openToolDecider(ctx, work, signal)
  const processes: AgentProcess[] = []
  const endWait = () => {
    if (run.retries.end(step.id)) ctx.wakeups.wake('agents')
  }
  return {
    signal,
    decide: decider.decide,
    refused: decider.refused,
    async [Symbol.asyncDispose]() {
      await Promise.all(processes.map((started) => ended(ctx, started)))
      await decider.close()
      endWait()
    },
    async waitToRetry(wait) {
      const hurried = run.retries.hurried(step.id)
      ctx.wakeups.wake('agents')
      await wait(hurried ?? signal).catch((error: unknown) => {
        if (!hurried?.aborted || signal.aborted) throw error
      })
      endWait()
    },
    emit(event) {
      endWait()
      if (event.type === 'retry') {
        const { attempt, max, delayMs, cause } = event
        const until = new Date(ctx.now().getTime() + delayMs)
        run.retries.begin(run.row.id, step.id, { until, attempt, max, cause })
      }
      const total = (spent: Spent) => {
        const ofStep = addSpent(soFar, spent)
        if (event.type === 'usage') log.spend(ofStep, event.model)
        return run.spending.note(step.id, ofStep)
      }
      log.write(toBody(event, total))
    },
    async runCommand(command, commandSignal, onOutput) {
      const either = AbortSignal.any([signal, commandSignal])
      return runConfined(ctx, run, {
        command,
        timeoutMs: CHECK_TIMEOUT_MS,
        signal: either,
        network: decider.hasNetwork(command),
        refused: await decider.hidden(either),
        ...(onOutput && { onOutput }),
      })
    },
    async spawn(...wanted) {
      const started = await spawnConfined(ctx, run, wanted, signal, await decider.hidden(signal))
      processes.push(started)
      return { ...started, kill: () => ended(ctx, started) }
    },
    async takeMessages() {
      const messages = hearsMessages(work.due.phase) ? await takeForStep(ctx, work, log, signal) : []
      return messages.map(({ author_name, body }) => ({ author: author_name, body }))
    },
    ...cardAccess(ctx, work),
    async rememberSession(sessionId) {
      await patiently(ctx, signal, () => updateStep(ctx.db, step.id, { session_id: sessionId }))
    },
  }
}

/** Ended with all that it started; what cannot be ended is for the log. */
async function ended(ctx: OrchestratorContext, { kill }: AgentProcess): Promise<void> {
  const left = await kill()
  if (left.length > 0) ctx.log.error({ pids: left }, 'processes of an agent could not be ended')
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

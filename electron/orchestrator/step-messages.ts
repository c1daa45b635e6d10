import { takeMessages } from '#db/queries/messages.ts'
import type { AgentPhase } from '#shared/execution.ts'
import type { ExecutionMessage } from '#shared/execution-message.ts'
import type { EventLog } from './event-log.ts'
import { patiently } from './patiently.ts'
import type { OrchestratorContext, StepWork } from './run-context.ts'

/** Messages are for those who plan or change files; a reviewer is told of them, but they wait for who can act on them. */
export function hearsMessages(phase: AgentPhase): boolean {
  return phase === 'architecture' || phase === 'development' || phase === 'fix'
}

/** What people have said and nobody was given yet; it is this step's from now on, and its log says so. */
export async function takeForStep(
  ctx: OrchestratorContext,
  { run, step }: Pick<StepWork, 'run' | 'step'>,
  log: EventLog,
  signal: AbortSignal,
): Promise<ExecutionMessage[]> {
  const messages = await patiently(ctx, signal, () => takeMessages(ctx.db, run.row.id, step.id, ctx.now()))
  for (const { author_name, body } of messages)
    log.write({ type: 'notice', level: 'info', text: `${author_name} says: ${body}` })
  return messages
}

import { AppError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { Command } from './decide.ts'
import { patiently } from './patiently.ts'
import { type CommandOf, type Follow, type KnownExecution, type Recorded, record } from './record.ts'
import type { Recording } from './recording.ts'
import type { OrchestratorContext } from './run-context.ts'

/** Another instance runs the execution now: this one slept through its lease, and must not touch it any more. */
class TakenOverError extends AppError {
  override readonly name = 'TakenOverError'
  constructor() {
    super('PRECONDITION_FAILED', {
      error: 'TAKEN_OVER',
      message: 'Another running app has taken this execution over.',
    })
  }
}

/**
 * As `record`, for the instance that runs the execution; throws TakenOverError when that is another one by now. Waits for
 * a database that does not answer, until the signal aborts.
 */
export function recordOwn(
  ctx: OrchestratorContext,
  of: ExecutionId | KnownExecution,
  command: Command | CommandOf,
  signal: AbortSignal,
  also?: (recording: Recording) => Promise<void>,
  follow?: Follow,
): Promise<Recorded> {
  const asOwner = async (recording: Recording) => {
    if (recording.row.owner_id !== ctx.instanceId) throw new TakenOverError()
    await also?.(recording)
  }
  return patiently(ctx, signal, () => record(ctx, of, command, asOwner, follow))
}

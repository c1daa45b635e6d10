import type { QueuedExecution } from '#shared/execution.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { RetryWaits } from './retry-waits.ts'

/** Runs the executions of this instance: a queue with limits, one AbortController each. */
export interface Orchestrator {
  /** Takes an execution that this instance owns; runs it as soon as there is room. */
  enqueue(id: ExecutionId): void
  /** Ends a run of this instance; resolves when nothing of it is left. False: not run here. */
  cancel(id: ExecutionId): Promise<boolean>
  /** Stops a run of this instance until it is resumed; resolves when nothing of it is left. False: not run here. */
  pause(id: ExecutionId): Promise<boolean>
  /** What of the runs of this instance waits to be tried again. */
  readonly retries: Pick<RetryWaits, 'of' | 'hurry'>
  /** Those that this instance has taken and that wait, in their order, with why. */
  queued(): QueuedExecution[]
  /** How many are run now; not those that wait. */
  atWork(): number
  /** Resolves when the execution is not run here (any more). */
  settled(id: ExecutionId): Promise<void>
  /** Ends all runs as interrupted and stops giving signs of life. */
  stop(): Promise<void>
}

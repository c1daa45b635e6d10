import type { ExecutionId, StepId } from '#shared/ids.ts'
import type { RetryWait } from '#shared/running.ts'

interface Waiting {
  run: ExecutionId
  wait: RetryWait
  hurry: AbortController
}

/** The calls of models that have failed in this app and wait to be made again. */
export class RetryWaits {
  readonly #waiting = new Map<StepId, Waiting>()

  /** A step waits. What waits within an agent's own program cannot be hurried. */
  begin(run: ExecutionId, step: StepId, wait: Omit<RetryWait, 'can_try_now'>): void {
    this.#waiting.set(step, { run, wait: { ...wait, can_try_now: false }, hurry: new AbortController() })
  }

  /** From now on a person can end the wait of a step: aborts then. Null: it does not wait. */
  hurried(step: StepId): AbortSignal | null {
    const waiting = this.#waiting.get(step)
    if (!waiting) return null
    waiting.wait = { ...waiting.wait, can_try_now: true }
    return waiting.hurry.signal
  }

  /** Gives whether it did wait. */
  end(step: StepId): boolean {
    return this.#waiting.delete(step)
  }

  /** Of several steps of a run, the one that waits longest; null: none waits. */
  of(run: ExecutionId): RetryWait | null {
    const waits = this.#of(run).map(({ wait }) => wait)
    return waits.toSorted((a, b) => b.until.getTime() - a.until.getTime())[0] ?? null
  }

  /** Ends the waits of a run; false: none could be ended. */
  hurry(run: ExecutionId): boolean {
    const waits = this.#of(run).filter(({ wait }) => wait.can_try_now)
    for (const { hurry } of waits) hurry.abort()
    return waits.length > 0
  }

  #of(run: ExecutionId): Waiting[] {
    return [...this.#waiting.values()].filter((waiting) => waiting.run === run)
  }
}

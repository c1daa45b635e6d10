import { type ExecutionRow, usageOf } from '#db/queries/executions.ts'
import type { StepId } from '#shared/ids.ts'
import type { Usage } from '#shared/provider.ts'

/** Tokens and money. */
export interface Spent {
  usage: Usage
  /** US dollars; null when a part of it is not known. */
  costUsd: number | null
}

export const NOTHING: Spent = { usage: { input: 0, output: 0, cache_read: 0, cache_write: 0 }, costUsd: 0 }

/** What an execution has used, while several of its steps may be at work. */
export class Spending {
  #ended: Spent = NOTHING
  readonly #live = new Map<StepId, Spent>()

  /** A step begins on an execution that has used so much; what others at work have used is in it already. */
  begin(step: StepId, before: Spent): void {
    if (this.#live.size === 0) this.#ended = before
    this.#live.set(step, NOTHING)
  }

  /** A step has used so much until now. Gives what the execution has used. */
  note(step: StepId, spent: Spent): Spent {
    this.#live.set(step, spent)
    return [...this.#live.values()].reduce(addSpent, this.#ended)
  }

  end(step: StepId): void {
    const spent = this.#live.get(step)
    if (spent) this.#ended = addSpent(this.#ended, spent)
    this.#live.delete(step)
  }
}

/** A sum with an unknown part is unknown. */
export function addSpent(a: Spent, b: Spent): Spent {
  return {
    usage: {
      input: a.usage.input + b.usage.input,
      output: a.usage.output + b.usage.output,
      cache_read: a.usage.cache_read + b.usage.cache_read,
      cache_write: a.usage.cache_write + b.usage.cache_write,
    },
    costUsd: a.costUsd === null || b.costUsd === null ? null : a.costUsd + b.costUsd,
  }
}

/** What an execution has cost until now. Nothing used costs nothing, however many steps came to nothing. */
export function spentBy(row: Parameters<typeof usageOf>[0] & Pick<ExecutionRow, 'cost_usd'>): Spent {
  const usage = usageOf(row)
  const isNothing = Object.values(usage).every((tokens) => tokens === 0)
  return { usage, costUsd: row.cost_usd ?? (isNothing ? 0 : null) }
}

import { BUDGET_WARNING, BudgetScope } from '#shared/budget.ts'

export const SCOPES: readonly BudgetScope[] = BudgetScope.options

export type Limits = Readonly<Record<BudgetScope, { limit_usd: number; spent_usd: number } | null>>

/** Calls that have begun and not ended. */
export interface InFlight {
  calls: number
  /** What they cost at worst, US dollars. */
  worst_usd: number
}

export type CallDecision =
  | { type: 'go' }
  /** A call in flight may use up what is left: ask again when one has ended. */
  | { type: 'wait' }
  | { type: 'refuse'; scope: BudgetScope; limit_usd: number; spent_usd: number }

/** Sums of decimal fractions: $0.1 + $0.2 is not less than $0.3. */
const DUST_USD = 1e-9

/**
 * Whether the next call may begin. None begins above a limit; and one begins beside others only when the limit holds even
 * if all of those cost their worst. So at most one call, the last, ends above a limit.
 */
export function decideCall(limits: Limits, inFlight: Readonly<Record<BudgetScope, InFlight>>): CallDecision {
  let mustWait = false
  for (const scope of SCOPES) {
    const budget = limits[scope]
    if (!budget) continue
    if (isUsedUp(budget)) return { type: 'refuse', scope, ...budget }
    const left = budget.limit_usd - budget.spent_usd
    const { calls, worst_usd } = inFlight[scope]
    if (calls > 0 && worst_usd >= left) mustWait = true
  }
  return mustWait ? { type: 'wait' } : { type: 'go' }
}

/** What may still be spent, US dollars; null: nothing bounds it. */
export function leftOf(limits: Limits): number | null {
  const left = SCOPES.flatMap((scope) => {
    const budget = limits[scope]
    return budget ? [budget.limit_usd - budget.spent_usd] : []
  })
  return left.length > 0 ? Math.min(...left) : null
}

/** Whether nothing is left of a limit. */
export function isUsedUp({ limit_usd, spent_usd }: { limit_usd: number; spent_usd: number }): boolean {
  return limit_usd - spent_usd <= DUST_USD
}

/** Whether so much of a limit is spent that people are told. */
export function isNearLimit({ limit_usd, spent_usd }: { limit_usd: number; spent_usd: number }): boolean {
  return spent_usd + DUST_USD >= limit_usd * BUDGET_WARNING
}

/** Why the next call is refused, and how to go on. */
export function refusalSentence(scope: BudgetScope, limit: number, spent: number): string {
  const [used, most] = [dollars(spent), dollars(limit)]
  switch (scope) {
    case 'execution':
      return `The budget of this run is used up: ${used} of ${most}. Raise its limit to go on.`
    case 'board':
      return `This month’s budget of the board is used up: ${used} of ${most}. Raise the limit in the board’s settings to go on.`
    case 'all':
      return `This month’s budget of all boards is used up: ${used} of ${most}. Raise the limit under Usage to go on.`
  }
}

export function warningSentence(scope: BudgetScope, limit: number, spent: number): string {
  const [used, most] = [dollars(spent), dollars(limit)]
  switch (scope) {
    case 'execution':
      return `${used} of the ${most} for this run are spent. At the limit it stops before the next model call.`
    case 'board':
      return `${used} of this board’s ${most} for the month are spent. At the limit its agents stop before the next model call.`
    case 'all':
      return `${used} of the ${most} for all boards and this month are spent. At the limit all agents stop before the next model call.`
  }
}

function dollars(amount: number): string {
  return `$${amount >= 0.995 || amount === 0 ? amount.toFixed(2) : amount.toFixed(4).replace(/(\.\d\d)(\d*?)0+$/, '$1$2')}`
}

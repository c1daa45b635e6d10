import type { ExecutionRow } from '#db/queries/executions.ts'
import type { StepRow } from '#db/queries/steps.ts'
import { BudgetError } from '#shared/errors.ts'
import type { ProviderId } from '#shared/provider.ts'
import type { CountedHost, ModelMeter, ProviderEvent, StepHost, StepResult } from '../providers/provider.ts'
import { Tally } from '../providers/tally.ts'
import type { Gateway, GatewayPass } from './gateway.ts'
import type { CallSubject, EndedCall, OpenCall, WantedCall } from './model-call.ts'
import type { ModelCallMeter } from './model-meter.ts'

export interface AccountContext {
  meter: ModelCallMeter
  gateway: Gateway
}

export interface AccountOf {
  row: Pick<ExecutionRow, 'id' | 'board_id' | 'task_id'>
  step: Pick<StepRow, 'id' | 'phase'>
  provider: ProviderId
  /** Told of what must not show in logs. */
  onSecret(secret: string): void
}

/** What a provider has answered. */
export interface OnAccount {
  result: StepResult
  /** Resolves when all that it used is written down; until then it may write to the host's log. */
  counted: Promise<unknown>
}

/**
 * Runs a provider for a step with the means to count and bound what it uses: a meter for its own calls, the gateway for
 * those of its processes. What the gateway has seen replaces what the agent says of its usage. Nothing of the step can
 * call a model any more when this resolves. A step that a budget ended is `failed` with the kind `budget`. What is left
 * of the budgets is asked while the question is `prepared`.
 */
export async function runOnAccount<Question>(
  ctx: AccountContext,
  of: AccountOf,
  host: StepHost,
  prepared: Promise<Question>,
  run: (question: Question, host: StepHost | CountedHost) => Promise<StepResult>,
): Promise<OnAccount> {
  const account = new StepAccount(ctx, of, host)
  try {
    const result = await account.run(prepared, run)
    await account.close() // what is still on its way is counted as well
    return account.settle(result)
  } finally {
    await account.close()
  }
}

class StepAccount {
  readonly #ctx: AccountContext
  readonly #of: AccountOf
  readonly #host: StepHost
  readonly #subject: CallSubject
  readonly #stop = new AbortController()
  readonly #signal: AbortSignal
  /** What passed the gateway. */
  readonly #seen = new Tally()
  #seenModel: string | null = null
  #isCounted = false
  #refusal: BudgetError | null = null
  #pass: Promise<GatewayPass> | null = null
  /** The provider's own calls, in their order. */
  readonly #open: OpenCall[] = []
  /** What the step may spend by the agent's own word, US dollars; null: no limit. */
  #left: number | null = null

  constructor(ctx: AccountContext, of: AccountOf, host: StepHost) {
    this.#ctx = ctx
    this.#of = of
    this.#host = host
    this.#signal = AbortSignal.any([host.signal, this.#stop.signal])
    const told = new Set<string>()
    this.#subject = {
      executionId: of.row.id,
      boardId: of.row.board_id,
      taskId: of.row.task_id,
      stepId: of.step.id,
      phase: of.step.phase,
      provider: of.provider,
      signal: host.signal,
      notice: (text) => {
        if (told.has(text)) return
        told.add(text)
        host.emit({ type: 'notice', level: 'warn', text })
      },
    }
  }

  async run<Question>(
    prepared: Promise<Question>,
    run: (question: Question, host: StepHost | CountedHost) => Promise<StepResult>,
  ): Promise<StepResult> {
    // The demo uses no model.
    if (this.#of.provider === 'scripted') return run(await prepared, this.#host)
    const left = this.#ctx.meter.left(this.#subject, this.#host.signal)
    left.catch(() => {}) // heard of below
    const question = await prepared
    try {
      this.#left = await left
    } catch (error) {
      if (!(error instanceof BudgetError)) throw error
      this.#refusal = error
      return NOTHING
    }
    const counted: CountedHost = {
      ...this.#host,
      signal: this.#signal,
      emit: (event) => this.#emit(event),
      beforeCall: (model) => this.#beforeCall(model),
      duringCall: (soFar) => this.#open.at(-1)?.watch(soFar),
      afterCall: (call) => this.#afterCall(call),
      gateway: () => this.#admit(),
    }
    return run(question, counted)
  }

  /** What the provider answers, with what is known better. */
  settle(result: StepResult): OnAccount {
    const known = this.#withSeen(result)
    const counted = !this.#isCounted && isSomething(known) ? this.#countWord(known) : Promise.resolve()
    counted.catch(() => {}) // whoever ends the step hears of it
    if (!this.#refusal) return { result: known, counted }
    const failure = { kind: 'budget' as const, message: this.#refusal.message, retryable: false }
    return { result: { ...known, status: 'failed', failure }, counted }
  }

  async close(): Promise<void> {
    this.#stop.abort()
    for (const call of this.#open) call.drop()
    const pass = await this.#pass?.catch(() => null)
    await pass?.revoke()
  }

  #emit(event: ProviderEvent): void {
    if (event.type === 'usage') {
      if (this.#seenModel !== null) return // the gateway's count is told instead
      const isOver = this.#left !== null && event.costUsd !== null && event.costUsd >= this.#left
      if (isOver && !this.#isCounted) this.#endOverspent(event.costUsd ?? 0)
    }
    this.#host.emit(event)
  }

  /** An agent that pays by itself says that it is above the limit: it can only be ended. */
  #endOverspent(costUsd: number): void {
    const left = this.#left ?? 0
    const message = `By its own word the agent has used $${costUsd.toFixed(2)} in this step, of $${left.toFixed(2)} that were left. Raise the limit to go on.`
    this.#refusal ??= new BudgetError(message, { scope: 'execution', limit_usd: left, spent_usd: costUsd })
    this.#stop.abort(this.#refusal)
  }

  async #beforeCall(model: string): Promise<void> {
    this.#open.push(await this.#begin({ model }, this.#signal))
  }

  readonly #afterCall: ModelMeter['afterCall'] = async (call) => {
    this.#isCounted = true
    const open = this.#open.shift()
    if (open) return open.end(call)
    const cost = await this.#ctx.meter.count(this.#subject, call)
    await this.#endOnceSpent()
    return cost
  }

  /** The next call of an agent that does not ask before can only be hindered by ending it. */
  async #endOnceSpent(): Promise<void> {
    try {
      await this.#ctx.meter.left(this.#subject, this.#signal)
    } catch (error) {
      if (!(error instanceof BudgetError)) throw error
      this.#refusal ??= error
      this.#stop.abort(error)
    }
  }

  async #begin(wanted: WantedCall, signal: AbortSignal): Promise<OpenCall> {
    try {
      return await this.#ctx.meter.begin(this.#subject, wanted, signal)
    } catch (error) {
      if (error instanceof BudgetError) this.#refusal ??= error
      throw error
    }
  }

  async #admit(): Promise<{ baseUrl: string; token: string }> {
    this.#pass ??= this.#ctx.gateway.admit({
      signal: this.#signal,
      begin: async (wanted, signal) => {
        const open = await this.#begin(wanted, signal)
        return { ...open, end: async (call) => this.#see(call, await open.end(call)) }
      },
    })
    const { baseUrl, token } = await this.#pass
    this.#of.onSecret(token)
    return { baseUrl, token }
  }

  #see(call: EndedCall, cost: number | null): number | null {
    this.#isCounted = true
    this.#seen.add(call.usage, cost)
    this.#seenModel = call.model
    this.#host.emit({
      type: 'usage',
      usage: this.#seen.usage,
      costUsd: this.#seen.costUsd,
      model: call.model,
    })
    return cost
  }

  #withSeen(result: StepResult): StepResult {
    if (this.#seenModel === null) return result
    const { costIsEstimate: _word, ...rest } = result
    const model = result.model ?? this.#seenModel
    return { ...rest, model, usage: this.#seen.usage, costUsd: this.#seen.costUsd }
  }

  /** Nobody has seen its calls: it runs on a login of its own. What it says at the end is written down as one call. */
  async #countWord({ model, usage, costUsd }: StepResult): Promise<void> {
    const word = costUsd === null ? {} : { costUsd }
    const call = {
      model: model ?? this.#of.provider,
      usage,
      isEstimate: true,
      status: null,
      durationMs: 0,
      ...word,
    }
    await this.#ctx.meter.count(this.#subject, call)
  }
}

function isSomething({ usage, costUsd }: StepResult): boolean {
  return (costUsd ?? 0) > 0 || Object.values(usage).some((tokens) => tokens > 0)
}

const NOTHING: StepResult = {
  status: 'failed',
  text: '',
  turns: 0,
  usage: { input: 0, output: 0, cache_read: 0, cache_write: 0 },
  costUsd: 0,
  model: null,
}

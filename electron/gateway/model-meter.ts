import type { Db } from '#db/client.ts'
import { readBudgetState } from '#db/queries/budgets.ts'
import { reserveModelCall, saveModelCall } from '#db/queries/model-calls.ts'
import { inTransaction } from '#db/transaction.ts'
import { BudgetError } from '#shared/errors.ts'
import type { ExecutionId } from '#shared/ids.ts'
import type { AppContext } from '../context.ts'
import { patiently } from '../orchestrator/patiently.ts'
import { type PricedModel, priceOf, UNKNOWN_PRICE } from '../providers/pricing.ts'
import { warnOfBudgets } from './budget-warning.ts'
import { CallNote, NOTE_MS } from './call-note.ts'
import { callRow, costAt } from './call-row.ts'
import { CallsInFlight } from './calls-in-flight.ts'
import { decideCall, type Limits, leftOf, refusalSentence } from './decide-call.ts'
import type { CallSoFar, CallSubject, EndedCall, OpenCall, WantedCall } from './model-call.ts'
import { findPrice } from './price-book.ts'
import { unlessAborted } from './unless-aborted.ts'

export type MeterContext = Pick<
  AppContext,
  'db' | 'databaseWatch' | 'wakeups' | 'now' | 'newId' | 'actor' | 'log'
>

/** What a call has begun with. */
interface Begun {
  asked: string
  limits: Limits
  price: PricedModel | null
  release: () => void
}

/** Whatever a request looks like, its prompt may be so long: parts of it may lie at the API, from an earlier call. */
const USUAL_PROMPT = 200_000
/** Where nobody says how long the answer may become. */
const LONGEST_ANSWER = 64_000

/**
 * Counts and bounds all model calls of this app. Refuses a call that begins above a limit, holds one back while others in
 * flight may still use up what is left, and writes each down when it ends. What several apps on one database can spend
 * beside each other: docs/adr/0021.
 */
export class ModelCallMeter {
  readonly #ctx: MeterContext
  readonly #inFlight = new CallsInFlight()
  /** The limit of which an execution's people have been warned. */
  readonly #warned = new Map<ExecutionId, number>()

  constructor(ctx: MeterContext) {
    this.#ctx = ctx
  }

  /** Rejects with a BudgetError when the call is not paid for, and with the signal's reason. */
  async begin(subject: CallSubject, wanted: WantedCall, stepSignal: AbortSignal): Promise<OpenCall> {
    const signal = AbortSignal.any([stepSignal]) // of this call alone: many of one step may wait here
    for (;;) {
      signal.throwIfAborted()
      const turn = this.#inFlight.inTurn(() => this.#decide(subject, wanted, signal))
      const answer = await unlessAborted(turn, signal, (late) => 'call' in late && late.call.drop())
      if ('call' in answer) return answer.call
      await unlessAborted(answer.wait, signal, () => undefined)
    }
  }

  /** What may still be spent, US dollars; null without a limit. Rejects with a BudgetError when it is nothing. */
  async left(of: Pick<CallSubject, 'executionId'>, signal: AbortSignal): Promise<number | null> {
    const limits = await this.#limits(of, signal)
    const none = { calls: 0, worst_usd: 0 }
    const decision = decideCall(limits, { execution: none, board: none, all: none })
    if (decision.type === 'refuse') throw refusal(decision)
    return leftOf(limits)
  }

  /** Counts what an agent has done on its own account, and cannot be held back. */
  async count(subject: CallSubject, call: EndedCall): Promise<number | null> {
    return this.#write(subject, call, null)
  }

  async #decide(
    subject: CallSubject,
    wanted: WantedCall,
    signal: AbortSignal,
  ): Promise<{ call: OpenCall } | { wait: Promise<void> }> {
    signal.throwIfAborted()
    // Before what is spent is read: a call that ends meanwhile must be seen by one of both.
    const [besides, ended] = [this.#inFlight.besides(subject), this.#inFlight.untilOneEnds()]
    const limits = await this.#limits(subject, signal)
    const decision = decideCall(limits, besides)
    if (decision.type === 'refuse') throw refusal(decision)
    if (decision.type === 'wait') return { wait: ended }
    const price = await patiently(this.#ctx, signal, () => findPrice(this.#ctx.db, wanted.model))
    signal.throwIfAborted()
    if (!price && leftOf(limits) !== null) subject.notice(unpricedSentence(wanted.model))
    const worstUsd = priceOf(price ?? { price: UNKNOWN_PRICE }, {
      input: Math.max(wanted.promptTokens ?? 0, USUAL_PROMPT),
      output: wanted.answerTokens ?? LONGEST_ANSWER,
      cache_read: 0,
      cache_write: 0,
      tier: wanted.tier,
    })
    const release = this.#inFlight.add({ ...subject, worstUsd })
    return { call: this.#open(subject, { asked: wanted.model, limits, price, release }) }
  }

  #open(subject: CallSubject, { asked, limits, price, release }: Begun): OpenCall {
    let note: CallNote<CallSoFar> | undefined
    return {
      watch: (soFar) => {
        note ??= this.#note(subject, price, soFar)
      },
      end: async (call) => {
        try {
          const id = (await note?.close()) ?? null
          return await this.#write(subject, call, limits, { asked, id })
        } finally {
          release() // not before it is written: nobody must decide without either
        }
      },
      drop: () => {
        void note?.close()
        release()
      },
    }
  }

  #note(subject: CallSubject, price: PricedModel | null, soFar: () => CallSoFar | null): CallNote<CallSoFar> {
    const { db, log } = this.#ctx
    return new CallNote({
      soFar,
      reserve: () => reserveModelCall(db),
      write: (id, told) => {
        const call = { ...told, isEstimate: true, status: null, durationMs: 0 }
        return saveModelCall(db, { id, ...callRow(subject, call, price ? priceOf(price, told.usage) : null) })
      },
      onFailed: (error) =>
        log.warn({ err: error, execution_id: subject.executionId }, 'a call on its way was not noted'),
      everyMs: NOTE_MS,
    })
  }

  #limits({ executionId }: Pick<CallSubject, 'executionId'>, signal: AbortSignal): Promise<Limits> {
    return patiently(this.#ctx, signal, () => readLimits(this.#ctx.db, executionId))
  }

  /** `known`: the limits as they were before the call; null: they are read with it, on one way to the server. */
  async #write(
    subject: CallSubject,
    call: EndedCall,
    known: Limits | null,
    { asked, id }: { asked: string; id: bigint | null } = { asked: call.model, id: null },
  ): Promise<number | null> {
    const { db, databaseWatch } = this.#ctx
    const { executionId } = subject
    const isFree = known !== null && leftOf(known) === null
    const { cost, limits } = await patiently({ databaseWatch }, subject.signal, () =>
      inTransaction(db, async (tx, last) => {
        const cost = call.costUsd === undefined ? await costAt(tx, call, asked) : call.costUsd
        const before = known ?? readLimits(tx, executionId)
        const row = callRow(subject, call, cost)
        const inserted = saveModelCall(tx, id === null ? row : { ...row, id })
        const limits = Promise.all([before, isFree ? null : readLimits(tx, executionId)])
        last(inserted)
        last(limits)
        return { cost, limits }
      }),
    )
    const [before, after] = await limits
    if (after && leftOf(before) !== null) {
      await warnOfBudgets(this.#ctx, subject, { before, after, warned: this.#warned }).catch(
        (error: unknown) =>
          this.#ctx.log.warn(
            { err: error, execution_id: subject.executionId },
            'nobody was warned of a budget',
          ),
      )
    }
    return cost
  }
}

async function readLimits(db: Db, executionId: ExecutionId): Promise<Limits> {
  const found = await readBudgetState(db, executionId, UNKNOWN_PRICE)
  return found ?? { execution: null, board: null, all: null }
}

function refusal({
  scope,
  limit_usd,
  spent_usd,
}: Extract<ReturnType<typeof decideCall>, { type: 'refuse' }>) {
  return new BudgetError(refusalSentence(scope, limit_usd, spent_usd), { scope, limit_usd, spent_usd })
}

function unpricedSentence(model: string): string {
  const { input, output } = UNKNOWN_PRICE
  return `Nobody has said what ${model} costs. Until its price is set under Usage, budgets count it as the dearest model: $${input} in and $${output} out for a million tokens.`
}

import type { BudgetScope } from '#shared/budget.ts'
import type { BoardId, ExecutionId } from '#shared/ids.ts'
import type { InFlight } from './decide-call.ts'

interface Place {
  executionId: ExecutionId
  boardId: BoardId
}

interface Call extends Place {
  worstUsd: number
}

/** The model calls of this app that have begun and not ended; who decides on a new one holds all of them still. */
export class CallsInFlight {
  readonly #calls = new Set<Call>()
  #turn: Promise<unknown> = Promise.resolve()
  #waiting: (() => void)[] = []

  /** Runs one decision after the other. */
  inTurn<T>(decide: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(decide)
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  /** What is on its way on each of the budgets of an execution. */
  besides({ executionId, boardId }: Place): Record<BudgetScope, InFlight> {
    const sum = (isOnIt: (call: Call) => boolean) => {
      const calls = [...this.#calls].filter(isOnIt)
      return { calls: calls.length, worst_usd: calls.reduce((all, { worstUsd }) => all + worstUsd, 0) }
    }
    return {
      execution: sum((call) => call.executionId === executionId),
      board: sum((call) => call.boardId === boardId),
      all: sum(() => true),
    }
  }

  /** Notes a call that begins; what is given back ends it, once. */
  add(call: Call): () => void {
    this.#calls.add(call)
    return () => {
      if (!this.#calls.delete(call)) return
      const waiting = this.#waiting
      this.#waiting = []
      for (const wake of waiting) wake()
    }
  }

  /** Resolves when the next call ends. */
  untilOneEnds(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }
}

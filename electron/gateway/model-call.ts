import type { Phase } from '#shared/execution.ts'
import type { BoardId, ExecutionId, StepId, TaskId } from '#shared/ids.ts'
import type { ProviderId } from '#shared/provider.ts'
import type { PricedUsage, PriceTier } from '../providers/pricing.ts'

/** On whose account a call goes. */
export interface CallSubject {
  executionId: ExecutionId
  boardId: BoardId
  taskId: TaskId
  stepId: StepId
  phase: Phase
  provider: ProviderId
  /** Ends the waiting for a database that does not answer. */
  signal: AbortSignal
  /** A line of the execution's log. */
  notice(text: string): void
}

/** What is known of a call before it begins; tokens are bounds from above. */
export interface WantedCall {
  model: string
  promptTokens?: number
  answerTokens?: number
  /** In which it asks to be served. */
  tier?: PriceTier
}

/** What became of a call. */
export interface EndedCall {
  model: string
  usage: PricedUsage
  /** Left out: by our prices. */
  costUsd?: number | null
  isEstimate?: boolean
  status: number | null
  durationMs: number
}

/** What is known of a call that is on its way. */
export type CallSoFar = Pick<EndedCall, 'model' | 'usage'>

/** A call that may begin. */
export interface OpenCall {
  /** Has what it has used so far written down now and then: an app that is killed does not see its end. */
  watch(soFar: () => CallSoFar | null): void
  /** Writes it down; gives its cost in US dollars, null when nobody knows the price. */
  end(call: EndedCall): Promise<number | null>
  /** It has not been made. */
  drop(): void
}

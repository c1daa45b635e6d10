import type { FailureKind } from '#shared/provider.ts'
import { texts } from '../../lib/texts/texts.ts'

const CAUSES: Readonly<Partial<Record<FailureKind, string>>> = {
  rate_limit: texts.transcript.providersRateLimitReached,
  overloaded: texts.transcript.providerOverloaded,
  server: texts.transcript.providerError,
  network: texts.transcript.connectionFailed,
  timeout: texts.transcript.noAnswerCameInTime,
}

/** Why a call of a model is made again: a sentence without its end. */
export function retryCause(cause: FailureKind): string {
  return CAUSES[cause] ?? texts.transcript.providerDidNot
}

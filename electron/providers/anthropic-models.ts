import type { ModelOffer } from '#shared/provider.ts'
import type { ClientFactory } from './anthropic-attempt.ts'

/** More than there are; a service that never ends its list is not followed for ever. */
const MOST_MODELS = 200
const LONGEST_MS = 15_000

/** The models that the key may use, newest first. Rejects when the service does not answer within 15 s. */
export async function listModels(makeClient: ClientFactory, signal: AbortSignal): Promise<ModelOffer[]> {
  const stop = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)])
  const offers: ModelOffer[] = []
  for await (const { id, display_name } of makeClient(() => {}).models.list(
    { limit: 100 },
    { signal: stop },
  )) {
    offers.push({ id, name: display_name || id })
    if (offers.length >= MOST_MODELS) break
  }
  return offers
}

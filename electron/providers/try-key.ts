import type { KeyTrial } from '#shared/provider.ts'
import { type AnthropicCredentials, loadClient } from './anthropic-client.ts'
import { type CallFailure, classify } from './anthropic-failure.ts'
import { listModels } from './anthropic-models.ts'

/** Asks the API for its models with the key, which costs nothing. What the service says stays here: it may repeat the key. */
export async function tryKey(credentials: AnthropicCredentials, signal: AbortSignal): Promise<KeyTrial> {
  try {
    const models = await listModels(await loadClient(credentials), signal)
    return { state: 'works', models: models.length }
  } catch (error) {
    signal.throwIfAborted()
    return told(classify(error, Date.now()))
  }
}

function told({ kind, isUnpaid }: CallFailure): KeyTrial {
  if (isUnpaid) return { state: 'refused', reason: 'unpaid' }
  if (kind === 'auth') return { state: 'refused', reason: 'unknown_key' }
  if (kind === 'network' || kind === 'timeout') return { state: 'unreachable' }
  return { state: 'unclear' }
}

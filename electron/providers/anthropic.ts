import { stat } from 'node:fs/promises'
import { type ProviderStatus, providerName } from '#shared/provider.ts'
import { type AnthropicCredentials, loadClient } from './anthropic-client.ts'
import { listModels } from './anthropic-models.ts'
import { runTurns } from './anthropic-turns.ts'
import { nearestModel } from './models.ts'
import type { Provider, ProviderHost, StepFailure, StepRequest, StepResult } from './provider.ts'
import { Tally } from './tally.ts'

export interface AnthropicOptions {
  /** Asked anew for each step; null when there is no key. */
  credentials: () => Promise<AnthropicCredentials | null>
  newId: () => string
  delay: (ms: number, signal: AbortSignal) => Promise<void>
  random: () => number
}

const NO_KEY =
  'No Anthropic API key. Add one in Settings, or set ANTHROPIC_API_KEY before you start Agent Rangers. ' +
  'The demo agent works without a key.'

/** Claude through the Messages API, with a tool loop of our own. */
export function createAnthropicProvider(options: AnthropicOptions): Provider {
  return {
    id: 'anthropic',
    async status(): Promise<ProviderStatus> {
      const available = (await options.credentials()) !== null
      const message = available ? 'Claude, through the Anthropic API with your key.' : NO_KEY
      return { id: 'anthropic', name: providerName('anthropic'), available, message, is_demo: false }
    },
    async models(signal) {
      const credentials = await options.credentials()
      return credentials ? listModels(await loadClient(credentials), signal) : []
    },
    async run(request, host) {
      const tally = new Tally()
      try {
        host.signal.throwIfAborted()
        return await runStep(options, request, host, tally)
      } catch (error) {
        if (host.signal.aborted) return ended('cancelled', tally)
        const kind = 'protocol'
        const message = `The Anthropic provider broke: ${String(error)}. Resume to try again, and report this.`
        return ended('failed', tally, { kind, message, retryable: true })
      }
    },
  }
}

async function runStep(
  options: AnthropicOptions,
  request: StepRequest,
  host: ProviderHost,
  tally: Tally,
): Promise<StepResult> {
  const folder = await stat(request.workspace).catch(() => null)
  if (!folder?.isDirectory()) {
    const message = `The workspace ${request.workspace} is not there any more. Start the card again.`
    return ended('failed', tally, { kind: 'workspace', message, retryable: false })
  }
  const credentials = await options.credentials()
  if (!credentials) return ended('failed', tally, { kind: 'auth', message: NO_KEY, retryable: false })
  const makeClient = await loadClient(credentials)
  const tools = { ...options, makeClient }
  const result = await runTurns(request, host, tally, tools)
  if (request.model || result.failure?.kind !== 'model_unavailable') return result
  // Our default is not offered to this key: the nearest that is takes its place.
  const offered = await listModels(makeClient, host.signal).catch(() => [])
  host.signal.throwIfAborted()
  const model = nearestModel(
    request.phase,
    offered.map(({ id }) => id),
  )
  if (!model || model === result.model) return result
  const text = `${result.model} is not offered to your key; ${model} does this step instead.`
  host.emit({ type: 'notice', level: 'warn', text })
  return runTurns({ ...request, model }, host, tally, tools)
}

function ended(status: 'cancelled' | 'failed', tally: Tally, failure?: StepFailure): StepResult {
  return {
    status,
    text: '',
    turns: 0,
    usage: tally.usage,
    costUsd: tally.costUsd,
    model: null,
    ...(failure ? { failure } : {}),
  }
}

import type { AgentPhase } from '#shared/execution.ts'
import type { ModelOffers } from '#shared/provider.ts'
import { defaultModel, nearestModel } from './models.ts'
import type { Provider } from './provider.ts'

const PHASES: readonly AgentPhase[] = ['clarity', 'architecture', 'development', 'review', 'fix']

/** The models of a provider, and the one that each phase takes where nobody chooses. Never rejects but by the signal. */
export async function offersOf(
  provider: Provider,
  hasKey: boolean,
  signal: AbortSignal,
): Promise<ModelOffers> {
  if (!provider.models) return { models: [], defaults: {}, note: 'This agent chooses its model by itself.' }
  try {
    const models = await provider.models(signal)
    const ids = models.map(({ id }) => id)
    if (models.length > 0)
      return { models, defaults: byPhase((phase) => nearestModel(phase, ids) ?? ''), note: null }
    const note = hasKey ? 'The API offers no model to your key.' : 'Add an API key to see what it offers.'
    return { models: ownModels(), defaults: byPhase(defaultModel), note }
  } catch {
    signal.throwIfAborted()
    const note = 'The API did not tell what it offers; these are the app’s own defaults.'
    return { models: ownModels(), defaults: byPhase(defaultModel), note }
  }
}

function byPhase(model: (phase: AgentPhase) => string): Record<string, string> {
  return Object.fromEntries(PHASES.map((phase) => [phase, model(phase)]))
}

function ownModels(): ModelOffers['models'] {
  return [...new Set(PHASES.map(defaultModel))].map((id) => ({ id, name: id }))
}

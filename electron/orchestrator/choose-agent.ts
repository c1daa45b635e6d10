import type { BoardSettings } from '#shared/board.ts'
import type { ProviderId } from '#shared/provider.ts'
import type { DueStep } from './due.ts'

/**
 * Who does a step, and with which model: what was asked for this execution, else what the workflow names, else what the
 * board has for the phase, else the board's. A step with an agent of its own gets no model that was meant for another.
 */
export function chooseAgent(
  asked: { provider: ProviderId; model: string | null },
  due: Pick<DueStep, 'phase' | 'node'>,
  settings: BoardSettings,
): { provider: ProviderId; model: string | null } {
  const { node, phase } = due
  const provider = node?.provider ?? asked.provider
  if (provider !== asked.provider) return { provider, model: node?.model ?? null }
  const ofBoard = settings.models?.[phase] ?? settings.model ?? null
  return { provider, model: asked.model ?? node?.model ?? ofBoard }
}

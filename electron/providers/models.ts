import type { Phase } from '#shared/execution.ts'

const PLANS_AND_JUDGES = 'claude-opus-5-5'
const WRITES = 'claude-sonnet-5-5'

/** The model of a phase when neither board nor person names one. */
export function defaultModel(phase: Phase): string {
  return phase === 'architecture' || phase === 'review' ? PLANS_AND_JUDGES : WRITES
}

/**
 * The default of a phase among those on offer (newest first), else the newest of its family, else of the other
 * family that we use, else whatever comes first; null when nothing is on offer.
 */
export function nearestModel(phase: Phase, offered: readonly string[]): string | null {
  const wanted = defaultModel(phase)
  if (offered.includes(wanted)) return wanted
  const families = [familyOf(wanted), 'claude-sonnet-', 'claude-opus-']
  const nearest = families.flatMap((family) => offered.filter((id) => id.startsWith(family)))
  return nearest[0] ?? offered[0] ?? null
}

function familyOf(model: string): string {
  return /^claude-[a-z]+-/.exec(model)?.[0] ?? model
}

/** Models that decide by themselves how long they think. Others are asked without a word about thinking. */
export function thinksAdaptively(model: string): boolean {
  return /^claude-(opus|sonnet|haiku|fable|mythos)-(4-[6-9]|[5-9])/.test(model)
}

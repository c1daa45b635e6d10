import type { Phase } from '#shared/execution.ts'

const PLANS_AND_JUDGES = 'claude-opus-5-5'
const WRITES = 'claude-sonnet-5-5'

/** The model of a phase when neither board nor person names one. */
export function defaultModel(phase: Phase): string {
  return phase === 'architecture' || phase === 'review' ? PLANS_AND_JUDGES : WRITES
}

/** Models that decide by themselves how long they think. Others are asked without a word about thinking. */
export function thinksAdaptively(model: string): boolean {
  return /^claude-(opus|sonnet|haiku|fable|mythos)-(4-[6-9]|[5-9])/.test(model)
}

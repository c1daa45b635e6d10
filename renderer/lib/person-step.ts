import type { Step } from '#shared/execution.ts'

/** A person's review or decision: a step like those of agents, without an agent and in no time. */
export function isByPerson({ phase, provider, model, duration_ms }: Step): boolean {
  return (phase === 'review' || phase === 'gate') && provider === null && model === null && duration_ms === 0
}

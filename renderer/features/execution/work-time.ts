import type { Step } from '#shared/execution.ts'

/** What a step took so far, in ms. Null: nobody saw its end, the app was killed. */
export function stepTime(step: Step, now: number): number | null {
  if (step.status === 'running') return Math.max(0, now - step.started_at.getTime())
  return step.duration_ms
}

/**
 * How long a run was worked on, in ms: what came before its first step, and its steps. Not the days in between, in
 * which it waited until a person asked for more.
 */
export function workTime(start: Date, steps: readonly Step[], now: number): number {
  const first = Math.min(now, ...steps.map((step) => step.started_at.getTime()))
  const before = Math.max(0, first - start.getTime())
  return steps.reduce((sum, step) => sum + (stepTime(step, now) ?? 0), before)
}

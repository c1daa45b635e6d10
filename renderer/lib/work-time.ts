import type { Step } from '#shared/execution.ts'

/** What a step took so far, in ms. Null: nobody saw its end, the app was killed. */
export function stepTime(step: Step, now: number): number | null {
  if (step.status === 'running') return Math.max(0, now - step.started_at.getTime())
  return step.duration_ms
}

/**
 * How long a run was worked on, in ms: what came before its first step, and its steps, those side by side once. Not the
 * days in between, in which it waited until a person asked for more.
 */
export function workTime(start: Date, steps: readonly Step[], now: number): number {
  const spans = steps
    .map((step) => ({ from: step.started_at.getTime(), time: stepTime(step, now) ?? 0 }))
    .toSorted((a, b) => a.from - b.from)
  let until = start.getTime()
  let worked = Math.max(0, Math.min(now, spans[0]?.from ?? now) - until)
  for (const { from, time } of spans) {
    worked += Math.max(0, from + time - Math.max(from, until))
    until = Math.max(until, from + time)
  }
  return worked
}

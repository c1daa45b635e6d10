import type { Step, Wait } from './execution.ts'

/** Who answers sooner has not let anybody wait, in ms. */
export const WORTH_TELLING_MS = 1_000

/** What is known of the time of a step. */
export type TimedStep = Pick<Step, 'status' | 'started_at' | 'duration_ms' | 'waits'>

/** From one moment to another, in ms. */
type Stretch = readonly [from: number, until: number]

/** How long agents worked on a step so far, in ms, without what it waited for people. Null: nobody saw its end, the app was killed. */
export function stepTime(step: TimedStep, now: number): number | null {
  const span = spanOf(step, now)
  return span && lengthOf(workIn(span, step))
}

/** How long agents worked on steps, in ms, those side by side once, without what these waited for people. */
export function stepsTime(steps: readonly TimedStep[], now: number): number {
  return lengthOf(workOn(steps, now))
}

/**
 * How long a run was worked on, in ms: what came before its first step, and its steps. Neither the days in between, in
 * which it waited until a person asked for more, nor what its agents waited for people.
 */
export function workTime(start: Date, steps: readonly TimedStep[], now: number): number {
  const first = Math.min(now, ...steps.map(({ started_at }) => started_at.getTime()))
  return lengthOf([[start.getTime(), first], ...workOn(steps, now)])
}

/** How long people were waited for, in ms, several at once counted once. */
export function waitTime(waits: readonly Wait[], now: number): number {
  return lengthOf(waits.map((wait) => stretchOf(wait, now)))
}

/** Since when people are waited for now; null: nobody is. */
export function waitingSince(waits: readonly Wait[]): Date | null {
  const open = waits.filter(({ until }) => until === null).map(({ from }) => from.getTime())
  return open.length > 0 ? new Date(Math.min(...open)) : null
}

function spanOf(step: TimedStep, now: number): Stretch | null {
  const from = step.started_at.getTime()
  if (step.status === 'running') return [from, Math.max(from, now)]
  return step.duration_ms === null ? null : [from, from + step.duration_ms]
}

function workOn(steps: readonly TimedStep[], now: number): Stretch[] {
  return steps.flatMap((step) => {
    const span = spanOf(step, now)
    return span ? workIn(span, step) : []
  })
}

/** A span of a step without its waits; one that goes on lasts to its end. */
function workIn([from, until]: Stretch, { waits }: TimedStep): Stretch[] {
  const work: Stretch[] = []
  let at = from
  for (const [asked, answered] of waits.map((wait) => stretchOf(wait, until)).toSorted(byStart)) {
    work.push([at, Math.min(asked, until)])
    at = Math.max(at, answered)
  }
  return [...work, [at, until]]
}

function stretchOf({ from, until }: Wait, end: number): Stretch {
  return [from.getTime(), until?.getTime() ?? end]
}

/** Together, what overlaps once; one that ends before it begins is none. */
function lengthOf(stretches: readonly Stretch[]): number {
  let length = 0
  let until = Number.NEGATIVE_INFINITY
  for (const [from, end] of stretches.toSorted(byStart)) {
    length += Math.max(0, end - Math.max(from, until))
    until = Math.max(until, end)
  }
  return length
}

function byStart(a: Stretch, b: Stretch): number {
  return a[0] - b[0]
}

import { dayOf } from '../../lib/today.ts'
import { days } from './day-words.ts'

/** A line across the chart with its words; an empty text: its words stand at the line above. */
interface CycleMark {
  at: number
  text: string
}

/** Lines that are closer than this part of the chart would have their words on each other. */
const NEAR = 0.09

/** The lines below which half and nearly all cards lie; all in days, `height` that of the chart. */
export function cycleMarks(p50: number, p85: number, height: number): CycleMark[] {
  const [half, most] = [days(p50), days(p85)]
  if (p85 - p50 > height * NEAR) {
    return [
      { at: p50, text: `50 %: ${half}` },
      { at: p85, text: `85 %: ${most}` },
    ]
  }
  const both = { at: p85, text: half === most ? `50 % – 85 %: ${most}` : `50 %: ${half} · 85 %: ${most}` }
  return p50 === p85 ? [both] : [{ at: p50, text: '' }, both]
}

/** The axis beside the chart: at most five ticks, in days, at whole minutes, hours or days. */
interface CycleAxis {
  ticks: readonly number[]
  name: (value: number) => string
}

const HOUR = 1 / 24
const MINUTE = HOUR / 60
/** Above the longest, for the words at the highest line. */
const ROOM = 1.1
const MOST_STEPS = 4

/** The axis for cards of which the longest took so many days. */
export function cycleAxis(top: number): CycleAxis {
  const [size, letter] = top < HOUR ? [MINUTE, 'min'] : top < 2 ? [HOUR, 'h'] : [1, 'd']
  const units = Math.max(1, Math.ceil((top * ROOM) / size))
  const step = roundStep(units / MOST_STEPS)
  const ticks = Array.from({ length: Math.ceil(units / step) + 1 }, (_, index) => index * step * size)
  return { ticks, name: (value) => `${Math.round(value / size)} ${letter}` }
}

/** The next step that people count in: 1, 2, 3, 5, 10, 20, 30, 50, 100 … */
function roundStep(least: number): number {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(least)))
  return power * ([1, 2, 3, 5].find((factor) => factor * power >= least) ?? 10)
}

/** One moment of each day, for the axis to name: the first at which something was finished. */
export function daysOf(moments: readonly number[]): number[] {
  const first = new Map<string, number>()
  for (const at of moments.toSorted((a, b) => a - b)) {
    const day = dayOf(at)
    if (!first.has(day)) first.set(day, at)
  }
  return [...first.values()]
}

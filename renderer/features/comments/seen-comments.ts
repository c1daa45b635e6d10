import { z } from 'zod'
import type { TaskId } from '#shared/ids.ts'

/** When each card's comments were last looked at. */
const Seen = z.record(z.string(), z.number())
const KEY = 'comments-seen'
const MOST = 500

function read(): Record<string, number> {
  try {
    return Seen.parse(JSON.parse(localStorage.getItem(KEY) ?? '{}'))
  } catch {
    return {} // of another version of the app
  }
}

/** In milliseconds; null: never, so that nothing is called new. */
export function seenUntil(id: TaskId): number | null {
  return read()[id] ?? null
}

export function noteSeen(id: TaskId, moment: number): void {
  const { [id]: before = 0, ...rest } = read()
  const latest = Object.entries(rest).slice(1 - MOST)
  localStorage.setItem(KEY, JSON.stringify({ ...Object.fromEntries(latest), [id]: Math.max(before, moment) }))
}

import { addDays } from '#shared/match-card.ts'
import type { TaskCard } from '#shared/task.ts'

const DAY_MS = 86_400_000

/** A card at its due date. */
export interface PlacedCard {
  card: TaskCard
  /** Days from the first day. */
  day: number
  row: number
}

export interface TimelineLayout {
  first: string
  dayCount: number
  rowCount: number
  /** By day, then as they came. */
  placed: readonly PlacedCard[]
  undated: readonly TaskCard[]
}

/** Room around the first and last card and around today, in days. */
const BEFORE = 28
const AFTER = 84

/** Every card at its day, in the topmost row that is free for as many days as a card is wide. */
export function layOut(cards: readonly TaskCard[], today: string, daysPerCard: number): TimelineLayout {
  const dated = cards.flatMap((card) => (card.due_date ? [{ card, due: card.due_date }] : []))
  const order = dated.toSorted((a, b) => (a.due < b.due ? -1 : a.due > b.due ? 1 : 0))
  const [earliest, latest] = [order[0]?.due ?? today, order.at(-1)?.due ?? today]
  const first = weekStart(addDays(earliest < today ? earliest : today, -BEFORE))
  const last = addDays(latest > today ? latest : today, AFTER)
  const rows = new FreeRows(daysPerCard)
  const placed = order.map(({ card, due }) => {
    const day = daysBetween(first, due)
    return { card, day, row: rows.take(day) }
  })
  return {
    first,
    dayCount: daysBetween(first, last) + 1,
    rowCount: rows.count,
    placed,
    undated: cards.filter((card) => card.due_date === null),
  }
}

/** Days are asked for in their order, and all cards are as wide: the row that is taken first is free first. */
class FreeRows {
  readonly #width: number
  readonly #taken: { row: number; until: number }[] = []
  #oldest = 0
  /** Ascending. */
  readonly #free: number[] = []
  count = 0

  constructor(width: number) {
    this.#width = width
  }

  take(day: number): number {
    for (let old = this.#taken[this.#oldest]; old && old.until <= day; old = this.#taken[this.#oldest]) {
      this.#oldest += 1
      const at = this.#free.findIndex((row) => row > old.row)
      this.#free.splice(at === -1 ? this.#free.length : at, 0, old.row)
    }
    const row = this.#free.shift() ?? this.count
    if (row === this.count) this.count += 1
    this.#taken.push({ row, until: day + this.#width })
    return row
  }
}

export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / DAY_MS)
}

/** The Monday of its week. */
export function weekStart(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return addDays(day, -((weekday + 6) % 7))
}

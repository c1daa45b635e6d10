import type { Activity } from '#shared/activity.ts'
import { locale } from '../../lib/locale.ts'
import { texts } from '../../lib/texts/texts.ts'

/** Whose doings are shown. */
export type ShownActors = 'all' | 'people' | 'agents'

/** A page of a feed, newest first. */
export interface FeedPage {
  items: readonly Activity[]
  /** There is nothing before it. */
  isLast: boolean
  /** The newest line when it was read, whoever did it; '0' when there was none. */
  newestId: string
}

export function isShown({ actor }: Activity, actors: ShownActors): boolean {
  if (actors === 'all') return true
  return actor.type === (actors === 'people' ? 'person' : 'agent')
}

/** The pages with what came since, oldest first as it comes; what they hold already is not added. */
export function withNews(pages: readonly FeedPage[], news: readonly Activity[]): FeedPage[] {
  const [first, ...rest] = pages
  if (!first) return []
  const known = BigInt(first.items[0]?.id ?? 0)
  const added = news.filter(({ id }) => BigInt(id) > known).toReversed()
  return added.length === 0 ? [...pages] : [{ ...first, items: [...added, ...first.items] }, ...rest]
}

export function itemsOf(pages: readonly FeedPage[]): Activity[] {
  return pages.flatMap(({ items }) => items)
}

export interface Day {
  /** As in 2026-11-22, where the person is. */
  id: string
  date: Date
  items: Activity[]
}

/**
 * The lines by the day of the person's own calendar, each day once: a line of a computer whose clock is ahead stays in
 * its place, under the day that it stands in.
 */
export function groupByDay(items: readonly Activity[]): Day[] {
  const days: Day[] = []
  for (const item of items) {
    const id = dayOf(item.created_at)
    const last = days.at(-1)
    if (last && id >= last.id) last.items.push(item)
    else days.push({ id, date: item.created_at, items: [item] })
  }
  return days
}

function dayOf(date: Date): string {
  const [month, day] = [date.getMonth() + 1, date.getDate()].map((part) => String(part).padStart(2, '0'))
  return `${date.getFullYear()}-${month}-${day}`
}

/** "Today", "Yesterday", "Monday, 16 November", in another year with that; as the system writes dates. */
export function dayName(date: Date, now: number): string {
  const today = new Date(now)
  const yesterday = new Date(today.getFullYear(), today.getMonth(), today.getDate() - 1)
  if (dayOf(date) === dayOf(today)) return texts.activity.today
  if (dayOf(date) === dayOf(yesterday)) return texts.activity.yesterday
  const isThisYear = date.getFullYear() === today.getFullYear()
  return date.toLocaleDateString(locale(), {
    weekday: 'long',
    day: 'numeric',
    month: 'long',
    ...(!isThisYear && { year: 'numeric' }),
  })
}

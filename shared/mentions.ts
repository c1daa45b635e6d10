import type { UserId } from './ids.ts'
import type { Person } from './person.ts'

/** Where in a text somebody is meant: from the `@` up to before `end`. */
export interface MentionRange {
  start: number
  end: number
  /** Several, when they have the same name. */
  ids: readonly UserId[]
}

/** The people whose `@Name` a text has, whatever the case; of names that begin alike the longest counts. */
export function mentionsIn(text: string, people: readonly Person[]): UserId[] {
  return [...new Set(mentionRanges(text, people).flatMap(({ ids }) => ids))]
}

/** The same with the places, from left to right. */
export function mentionRanges(text: string, people: readonly Person[]): MentionRange[] {
  const lower = text.toLowerCase()
  const longestFirst = people.toSorted((a, b) => b.name.length - a.name.length)
  const found: MentionRange[] = []
  for (let at = lower.indexOf('@'); at !== -1; at = lower.indexOf('@', at + 1)) {
    // user@host is an address.
    if (at > 0 && /[\p{L}\p{N}_]/u.test(lower.charAt(at - 1))) continue
    const rest = lower.slice(at + 1)
    const named = longestFirst.filter(({ name }) => isNameAt(rest, name.toLowerCase()))
    const length = named[0]?.name.length
    if (length === undefined) continue
    const meant = named.filter(({ name }) => name.length === length)
    found.push({ start: at, end: at + 1 + length, ids: meant.map(({ id }) => id) })
  }
  return found
}

function isNameAt(text: string, name: string): boolean {
  return name !== '' && text.startsWith(name) && !/^[\p{L}\p{N}_]/u.test(text.slice(name.length))
}

import type { UserId } from './ids.ts'
import type { Person } from './person.ts'

/** The people whose `@Name` a text has, whatever the case; of names that begin alike the longest counts. */
export function mentionsIn(text: string, people: readonly Person[]): UserId[] {
  const lower = text.toLowerCase()
  const longestFirst = people.toSorted((a, b) => b.name.length - a.name.length)
  const found = new Set<UserId>()
  for (let at = lower.indexOf('@'); at !== -1; at = lower.indexOf('@', at + 1)) {
    // user@host is an address.
    if (at > 0 && /[\p{L}\p{N}_]/u.test(lower.charAt(at - 1))) continue
    const rest = lower.slice(at + 1)
    const named = longestFirst.filter(({ name }) => isNameAt(rest, name.toLowerCase()))
    const [first] = named
    for (const person of named) if (person.name.length === first?.name.length) found.add(person.id)
  }
  return [...found]
}

function isNameAt(text: string, name: string): boolean {
  return name !== '' && text.startsWith(name) && !/^[\p{L}\p{N}_]/u.test(text.slice(name.length))
}

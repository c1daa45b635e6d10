import type { Person } from '#shared/person.ts'
import { foldText, fuzzyBest, fuzzyQuery, fuzzyScore } from '../../lib/fuzzy.ts'

const SHOWN = 6

/** What is being written behind an `@` at the caret; null when there is none. */
export interface MentionStart {
  /** Where the `@` stands. */
  at: number
  typed: string
}

export function mentionAt(text: string, caret: number): MentionStart | null {
  const found = /(?:^|[^\p{L}\p{N}_])@([^\n@]{0,50})$/u.exec(text.slice(0, caret))
  if (!found) return null
  const typed = found[1] ?? ''
  return { at: caret - typed.length - 1, typed }
}

/** Whom it may mean, the best first; nobody once more was written than any name has words. */
export function peopleMeant({ typed }: MentionStart, people: readonly Person[]): Person[] {
  if (/\s$/.test(typed)) return []
  const query = fuzzyQuery(typed)
  return fuzzyBest(people, ({ name }) => fuzzyScore(query, foldText(name)), SHOWN).map(({ item }) => item)
}

/** The text with the name in it, and where the caret stands then. */
export function withMention(
  text: string,
  caret: number,
  { at }: MentionStart,
  person: Person,
): { text: string; caret: number } {
  const before = `${text.slice(0, at)}@${person.name} `
  return { text: before + text.slice(caret).replace(/^ /, ''), caret: before.length }
}

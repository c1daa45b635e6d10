import { linesOf } from './shorthand.ts'

/** What was pasted and is more than a title. */
export interface Pasted {
  text: string
  /** Titles of cards that are still to be made. */
  lines: readonly string[]
}

/** A card of a long text: it all stands in the description, and its beginning in the title. */
export interface LongCard {
  title: string
  description: string
}

/** As many cards at a time; the lines after them are offered next. */
export const LINES_AT_ONCE = 200
const LONGEST_TITLE = 255
const LONGEST_DESCRIPTION = 5000

/** Null for a text that fits into a title. */
export function readPasted(text: string): Pasted | null {
  const lines = linesOf(text)
  return lines.length > 1 || (lines[0]?.length ?? 0) > LONGEST_TITLE ? { text, lines } : null
}

/** Null for a text that is longer than a description may be. */
export function oneCardOf(text: string): LongCard | null {
  const description = text.trim()
  if (description.length > LONGEST_DESCRIPTION) return null
  return { title: beginningOf(linesOf(text)[0] ?? ''), description }
}

/** As much of a line as a title holds, up to the end of a word. */
function beginningOf(line: string): string {
  if (line.length <= LONGEST_TITLE) return line
  const cut = line.slice(0, LONGEST_TITLE)
  const end = cut.lastIndexOf(' ')
  return end > 0 ? cut.slice(0, end) : cut
}

/** Null when none is left. */
export function withoutFirst(pasted: Pasted | null): Pasted | null {
  const lines = pasted?.lines.slice(1) ?? []
  return lines.length > 0 ? { text: lines.join('\n'), lines } : null
}

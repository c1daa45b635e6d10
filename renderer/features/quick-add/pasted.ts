import { type Known, linesOf, readShorthand, type Shorthand } from './shorthand.ts'

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

/** A card that is to be made. */
export interface NewCard extends Shorthand {
  description: string | null
}

/** As many cards at a time; the lines after them are offered next. */
export const LINES_AT_ONCE = 200
const LONGEST_TITLE = 255
const LONGEST_DESCRIPTION = 5000
/** Of an emoji that is cut in two. */
const HIGH_HALF = /[\ud800-\udbff]$/

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

/** The card of a line; `hasTitle`: one without words of its own gets its title elsewhere. */
export function cardOfLine(line: string, known: Known, hasTitle: boolean): NewCard {
  const card = readShorthand(line, known)
  // A line that is nothing but the name of a label is a title all the same.
  if (card.title === '' && !hasTitle) {
    return { title: line, label_ids: [], priority: null, assigned_to: null, description: null }
  }
  const long = card.title.length > LONGEST_TITLE ? oneCardOf(card.title) : null
  return { ...card, description: null, ...long }
}

/** As much of a line as a title holds, up to the end of a word. */
function beginningOf(line: string): string {
  if (line.length <= LONGEST_TITLE) return line
  const cut = line.slice(0, LONGEST_TITLE).replace(HIGH_HALF, '')
  const end = cut.lastIndexOf(' ')
  return end > 0 ? cut.slice(0, end) : cut
}

/** Null when none is left. */
export function withoutFirst(pasted: Pasted | null): Pasted | null {
  const lines = pasted?.lines.slice(1) ?? []
  return lines.length > 0 ? { text: lines.join('\n'), lines } : null
}

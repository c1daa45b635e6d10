/** What was typed, made ready to be looked for in many texts. */
export type FuzzyQuery = readonly string[]

/** A text without capitals and accents, as it is looked for and looked into. */
export function foldText(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}

export function fuzzyQuery(text: string): FuzzyQuery {
  return foldText(text).split(/\s+/).filter(Boolean)
}

const WHOLE = 1
const WORD_START = 0.9
const INITIALS = 0.7
const INSIDE = 0.6
const LETTERS = 0.3

/**
 * How well a folded text fits, from 0 (not at all) to about 1. Each word that was typed must be in it: as the beginning
 * of a word best, then as initials ("nc" for New Card), inside of a word, and last as letters in their order ("nwcd").
 */
export function fuzzyScore(query: FuzzyQuery, folded: string): number {
  if (query.length === 0) return 1
  let sum = 0
  for (const word of query) {
    const score = wordScore(word, folded)
    if (score === 0) return 0
    sum += score
  }
  const typed = query.reduce((length, word) => length + word.length, 0)
  // Of texts that fit as well, the one that says little else goes first.
  return (
    sum / query.length +
    0.08 * Math.min(1, typed / folded.length) +
    (folded.startsWith(query[0] ?? '') ? 0.05 : 0)
  )
}

function wordScore(word: string, text: string): number {
  const first = text.indexOf(word)
  for (let at = first; at !== -1; at = text.indexOf(word, at + 1)) {
    if (isWordStart(text, at)) return isWordCharacter(text, at + word.length) ? WORD_START : WHOLE
  }
  if (isInitials(word, text)) return INITIALS
  if (first !== -1) return INSIDE
  return isInOrder(word, text) ? LETTERS : 0
}

const FIRST_LETTERS = /(?<![\p{L}\p{N}])[\p{L}\p{N}]/gu

function isInitials(word: string, text: string): boolean {
  return word.length > 1 && (text.match(FIRST_LETTERS)?.join('').includes(word) ?? false)
}

function isWordStart(text: string, at: number): boolean {
  return at === 0 || !isWordCharacter(text, at - 1)
}

function isWordCharacter(text: string, at: number): boolean {
  return at < text.length && /[\p{L}\p{N}]/u.test(text[at] ?? '')
}

/** The first letter begins a word; the others follow anywhere behind it. */
function isInOrder(word: string, text: string): boolean {
  if (word.length < 2) return false
  for (let at = text.indexOf(word.charAt(0)); at !== -1; at = text.indexOf(word.charAt(0), at + 1)) {
    if (isWordStart(text, at) && followFrom(word, text, at)) return true
  }
  return false
}

function followFrom(word: string, text: string, start: number): boolean {
  let at = start
  for (const letter of word.slice(1)) {
    at = text.indexOf(letter, at + 1)
    if (at === -1) return false
  }
  return true
}

/** The best few of many, in order; those that fit equally stay in their order. */
export function fuzzyBest<Item>(
  items: Iterable<Item>,
  score: (item: Item) => number,
  limit: number,
): { item: Item; score: number }[] {
  const best: { item: Item; score: number }[] = []
  for (const item of items) {
    const value = score(item)
    const last = best[limit - 1]
    if (value === 0 || (last && value <= last.score)) continue
    let at = best.length
    while (at > 0 && (best[at - 1]?.score ?? 0) < value) at -= 1
    best.splice(at, 0, { item, score: value })
    if (best.length > limit) best.pop()
  }
  return best
}

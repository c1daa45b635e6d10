import type { MarkedText } from './search.ts'

/** What a person typed, as words: letters, digits and what joins them. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_][\p{L}\p{N}_.+#/'-]*/gu) ?? []
}

/** The text, and where in it words begin like one of those that were looked for. */
export function markWords(text: string, words: readonly string[]): MarkedText {
  const lower = text.toLowerCase()
  // Where lower case has another length (İ), the places would be wrong: no marks are better than wrong ones.
  if (lower.length !== text.length) return { text, marks: [] }
  const marks: [number, number][] = []
  for (const word of words) {
    for (let at = lower.indexOf(word); at !== -1; at = lower.indexOf(word, at + word.length)) {
      if (!isWordBefore(lower, at)) marks.push([at, at + word.length])
    }
  }
  return { text, marks: merged(marks.sort(([a], [b]) => a - b)) }
}

/** Characters of a snippet, and how many of them come before the first found word. */
const LENGTH = 160
const BEFORE = 40

/** A piece of a long text around the first word that was found; null when none is in it. */
export function snippetOf(text: string, words: readonly string[]): MarkedText | null {
  const flat = text.replace(/\s+/gu, ' ').trim()
  const [first] = markWords(flat, words).marks
  if (!first) return null
  const start = first[0] <= BEFORE ? 0 : edgeAfter(flat, first[0] - BEFORE)
  const end = start + LENGTH >= flat.length ? flat.length : edgeBefore(flat, start + LENGTH)
  const piece = `${start > 0 ? '…' : ''}${flat.slice(start, end)}${end < flat.length ? '…' : ''}`
  return markWords(piece, words)
}

function isWordBefore(text: string, at: number): boolean {
  return at > 0 && /[\p{L}\p{N}_]$/u.test(text.slice(Math.max(0, at - 2), at))
}

function merged(marks: readonly [number, number][]): [number, number][] {
  const result: [number, number][] = []
  for (const [start, end] of marks) {
    const last = result.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else result.push([start, end])
  }
  return result
}

/** The begin of the next word, unless that is far away. */
function edgeAfter(text: string, at: number): number {
  const space = text.indexOf(' ', at)
  return space === -1 || space > at + 20 ? wholeCharacter(text, at) : space + 1
}

function edgeBefore(text: string, at: number): number {
  const space = text.lastIndexOf(' ', at)
  return space < at - 20 ? wholeCharacter(text, at) : space
}

/** Never between the halves of an emoji. */
function wholeCharacter(text: string, at: number): number {
  const code = text.charCodeAt(at)
  return code >= 0xdc00 && code <= 0xdfff ? at + 1 : at
}

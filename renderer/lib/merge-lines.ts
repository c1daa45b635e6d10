import { diffArrays } from 'diff'

/** Lines of the base, from `start` up to before `end`, that became others. */
interface Hunk {
  start: number
  end: number
  lines: readonly string[]
}

/**
 * What two people made of one text, line by line, each without knowing of the other; null when both changed the same
 * lines, or wrote new ones at the same place, to different ends.
 */
export function mergeLines(base: string, mine: string, theirs: string): string | null {
  const lines = base.split('\n')
  const [own, others] = [hunksOf(lines, mine.split('\n')), hunksOf(lines, theirs.split('\n'))]
  const further = own.filter((hunk) => !others.some((other) => isSame(hunk, other)))
  if (further.some((hunk) => others.some((other) => isInTheWay(hunk, other)))) return null
  const all = [...further, ...others].toSorted((a, b) => a.start - b.start || a.end - b.end)
  const merged: string[] = []
  let at = 0
  for (const { start, end, lines: next } of all) {
    merged.push(...lines.slice(at, start), ...next)
    at = end
  }
  return [...merged, ...lines.slice(at)].join('\n')
}

function hunksOf(base: readonly string[], text: readonly string[]): Hunk[] {
  const hunks: Hunk[] = []
  let at = 0
  let open: Hunk | null = null
  for (const { added, removed, value } of diffArrays([...base], [...text])) {
    if (!added && !removed) {
      open = null
      at += value.length
      continue
    }
    if (!open) {
      open = { start: at, end: at, lines: [] }
      hunks.push(open)
    }
    if (removed) {
      at += value.length
      open.end = at
    } else open.lines = [...open.lines, ...value]
  }
  return hunks.flatMap(byLine)
}

/** Lines one below the other that became as many others are changes of their own, such as ticks of a list. */
function byLine(hunk: Hunk): Hunk[] {
  const { start, end, lines } = hunk
  if (lines.length !== end - start) return [hunk]
  return lines.map((line, index) => ({ start: start + index, end: start + index + 1, lines: [line] }))
}

function isSame(a: Hunk, b: Hunk): boolean {
  // By count as well: to delete a line is not to leave an empty one.
  const haveSameLines = a.lines.length === b.lines.length && a.lines.every((line, at) => line === b.lines[at])
  return a.start === b.start && a.end === b.end && haveSameLines
}

function isInTheWay(a: Hunk, b: Hunk): boolean {
  const isInsertion = (hunk: Hunk) => hunk.start === hunk.end
  // New lines have a place, not a range: at the edge of what the other changed it is not clear which go first.
  if (isInsertion(a) || isInsertion(b)) return a.start <= b.end && b.start <= a.end
  return a.start < b.end && b.start < a.end
}

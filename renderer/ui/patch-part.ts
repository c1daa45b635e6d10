import type { ChangeData, HunkData } from 'react-diff-view'

/** Longer lines are cut: nobody reads them, and a minified file would block the window for seconds. */
const LONGEST_LINE = 2_000

/** The hunks with their overlong lines cut; `mark` stands where a line was cut. */
export function cutLongLines(hunks: readonly HunkData[], mark: string): HunkData[] {
  return hunks.map((hunk) => ({ ...hunk, changes: hunk.changes.map((change) => cutLine(change, mark)) }))
}

function cutLine<T extends ChangeData>(change: T, mark: string): T {
  if (change.content.length <= LONGEST_LINE) return change
  // Not through the middle of a character that takes two.
  const start = change.content.slice(0, LONGEST_LINE).replace(/[\uD800-\uDBFF]$/, '')
  return { ...change, content: start + mark }
}

export function countLines(hunks: readonly HunkData[]): number {
  return hunks.reduce((sum, { changes }) => sum + changes.length, 0)
}

/** So many lines from the beginning, in their hunks. */
export function firstLines(hunks: readonly HunkData[], most: number): HunkData[] {
  const first: HunkData[] = []
  let left = most
  for (const hunk of hunks) {
    if (left <= 0) break
    first.push(hunk.changes.length <= left ? hunk : { ...hunk, changes: hunk.changes.slice(0, left) })
    left -= hunk.changes.length
  }
  return first
}

import type { OutputOutline } from '#shared/execution-log.ts'

type Pieces = OutputOutline['pieces']

/** The last piece that begins at the line or before it. */
export function pieceAt(pieces: Pieces, line: number): number {
  let [low, high] = [0, pieces.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((pieces[middle]?.line ?? 0) <= line) low = middle
    else high = middle - 1
  }
  return Math.max(0, low)
}

/** A line of what was read; one that was printed bit by bit may stand in several pieces. */
export function lineOf(
  pieces: Pieces,
  texts: ReadonlyMap<number, readonly string[]>,
  line: number,
): string | null {
  let text = ''
  for (let at = pieceAt(pieces, line); at >= 0; at -= 1) {
    const piece = pieces[at]
    const lines = piece && texts.get(piece.sequence)
    if (!piece || !lines) return null
    const part = lines[line - piece.line]
    if (part === undefined) break // the piece before ended before this line
    text = part + text
    if (piece.line < line) break
  }
  return text
}

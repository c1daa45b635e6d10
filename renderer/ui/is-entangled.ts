/** Marks of quotes and lists at the beginning of a line: each opens one level more. */
const LEVELS = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])(?=[ \t])))+/
const MARK = />|[-*+]|\d+[.)]/g
const MOST_LEVELS = 24
const MOST_OPEN = 100

/**
 * Whether a text is nested so deeply that nobody wrote it to be read. Markdown's parser would take seconds for some of
 * them, and the window stands still as long.
 */
export function isEntangled(text: string): boolean {
  const isDeep = text
    .split('\n')
    .some((line) => (LEVELS.exec(line)?.[0].match(MARK)?.length ?? 0) > MOST_LEVELS)
  return isDeep || mostOpen(text, '[', ']') > MOST_OPEN || mostOpen(text, '(', ')') > MOST_OPEN
}

function mostOpen(text: string, opening: string, closing: string): number {
  let [open, most] = [0, 0]
  for (const letter of text) {
    if (letter === opening) most = Math.max(most, ++open)
    else if (letter === closing) open = Math.max(0, open - 1)
  }
  return most
}

/**
 * The lines, from 1, on which the elements of the outermost array of a JSON text begin: of the text itself, or of the value
 * of the given key in an outermost object. The text has been parsed before; of any other text the answer is a guess.
 */
export function elementLines(text: string, key: string): number[] {
  const lines: number[] = []
  const scan = { line: 1, depth: 0, arrayDepth: -1, expectsElement: false, lastString: '' }
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at] ?? ''
    if (sign === '\n') scan.line += 1
    if (/\s/.test(sign) || sign === ':') continue
    const isElement = scan.expectsElement && scan.depth === scan.arrayDepth && sign !== ']'
    if (isElement) {
      lines.push(scan.line)
      scan.expectsElement = false
    }
    if (sign === '"') {
      const end = endOfString(text, at)
      scan.lastString = text.slice(at + 1, end)
      at = end
      continue
    }
    step(scan, sign, key)
  }
  return lines
}

interface Scan {
  depth: number
  arrayDepth: number
  expectsElement: boolean
  lastString: string
}

function step(scan: Scan, sign: string, key: string): void {
  if (sign === '[' || sign === '{') {
    scan.depth += 1
    if (sign === '[') openArray(scan, key)
  } else if (sign === ']' || sign === '}') {
    if (scan.depth === scan.arrayDepth) scan.arrayDepth = Number.POSITIVE_INFINITY
    scan.depth -= 1
  } else if (sign === ',' && scan.depth === scan.arrayDepth) scan.expectsElement = true
}

function openArray(scan: Scan, key: string): void {
  const isWanted = scan.depth === 1 || (scan.depth === 2 && scan.lastString === key)
  if (scan.arrayDepth >= 0 || !isWanted) return
  scan.arrayDepth = scan.depth
  scan.expectsElement = true
}

function endOfString(text: string, from: number): number {
  for (let at = from + 1; at < text.length; at += 1) {
    if (text[at] === '\\') at += 1
    else if (text[at] === '"') return at
  }
  return text.length
}

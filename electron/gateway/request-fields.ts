type Plain = string | number | boolean

/** The plain values (texts, numbers, true, false) at the top of a JSON object, by their names. */
export type Fields = ReadonlyMap<string, Plain>

const [QUOTE, BACKSLASH, COLON, COMMA] = [0x22, 0x5c, 0x3a, 0x2c]
const [OPEN_OBJECT, CLOSE_OBJECT, OPEN_LIST, CLOSE_LIST] = [0x7b, 0x7d, 0x5b, 0x5d]
const SPACE = 0x20
/** Longer texts are no names of anything. */
const LONGEST = 1000

/**
 * The plain values at the top of a JSON object, without parsing what lies deeper: a prompt has megabytes, and the main
 * process has better things to do. Of a name that comes twice the last counts, as in every parser. Null: no JSON object.
 */
export function readFields(body: Buffer): Fields | null {
  const fields = new Map<string, Plain>()
  let at = afterSpace(body, 0)
  if (body[at] !== OPEN_OBJECT) return null
  do {
    const member = readMember(body, at + 1)
    if (!member) return null
    const { name, value } = member
    if (isPlain(value)) fields.set(name, value)
    else fields.delete(name)
    at = afterSpace(body, member.end)
  } while (body[at] === COMMA)
  return body[at] === CLOSE_OBJECT && afterSpace(body, at + 1) === body.length ? fields : null
}

/** A name and what it stands for; null: neither an end nor a member of an object. */
function readMember(body: Buffer, from: number): { name: string; value: unknown; end: number } | null {
  const nameAt = afterSpace(body, from)
  const nameEnd = endOfValue(body, nameAt)
  const colon = afterSpace(body, nameEnd)
  if (body[nameAt] !== QUOTE || body[colon] !== COLON) return null
  const valueAt = afterSpace(body, colon + 1)
  const end = endOfValue(body, valueAt)
  const name = parse(body, nameAt, nameEnd)
  return end > valueAt ? { name: String(name), value: parse(body, valueAt, end), end } : null
}

function isPlain(value: unknown): value is Plain {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
}

function afterSpace(body: Buffer, from: number): number {
  let at = from
  while ((body[at] ?? 0xff) <= SPACE) at += 1
  return at
}

/** The place behind the value that begins here; where none does, this place or the end. */
function endOfValue(body: Buffer, from: number): number {
  const first = body[from]
  if (first === QUOTE) return endOfText(body, from)
  if (first === OPEN_OBJECT || first === OPEN_LIST) return endOfNested(body, from)
  let at = from
  while (at < body.length && !endsPlain(body[at] ?? 0)) at += 1
  return at
}

function endsPlain(byte: number): boolean {
  return byte <= SPACE || byte === COMMA || byte === CLOSE_OBJECT || byte === CLOSE_LIST || byte === COLON
}

function endOfNested(body: Buffer, from: number): number {
  let depth = 0
  let at = from
  while (at < body.length) {
    const byte = body[at]
    if (byte === QUOTE) {
      at = endOfText(body, at)
      continue
    }
    at += 1
    if (byte === OPEN_OBJECT || byte === OPEN_LIST) depth += 1
    if (byte === CLOSE_OBJECT || byte === CLOSE_LIST) depth -= 1
    if (depth === 0) return at
  }
  return body.length
}

function endOfText(body: Buffer, from: number): number {
  let end = body.indexOf(QUOTE, from + 1)
  while (end >= 0) {
    let first = end
    while (body[first - 1] === BACKSLASH) first -= 1
    if ((end - first) % 2 === 0) return end + 1
    end = body.indexOf(QUOTE, end + 1)
  }
  return body.length
}

/** Undefined: too long for a plain value, or none. */
function parse(body: Buffer, from: number, to: number): unknown {
  if (to - from > LONGEST) return undefined
  try {
    return JSON.parse(body.toString('utf8', from, to))
  } catch {
    return undefined
  }
}

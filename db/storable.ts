/**
 * The value with only such text as PostgreSQL can hold: NUL and halves of a character, which what agents print and cut
 * may contain, become U+FFFD. Dates and other objects that are no plain data stay as they are.
 */
export function storable<T>(value: T): T {
  return cleaned(value) as T
}

/** The same as JSON: what has nothing to be cleaned is written once and not copied. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value)
  return /\\u(?:0000|d[89a-f])/.test(json) ? JSON.stringify(storable(value)) : json
}

function cleaned(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll('\u0000', '\ufffd').toWellFormed()
  if (Array.isArray(value)) return value.map(cleaned)
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) !== Object.prototype)
    return value
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, cleaned(part)]))
}

/** A card as it came; there may be many, so each is read closely only when its turn comes. */
export interface RawCard {
  id: string
  idList: unknown
  pos: unknown
  closed?: unknown
  name?: unknown
}

/** One without an id cannot be told from others. */
export function isCard(raw: unknown): raw is RawCard {
  const id = at(raw, 'id')
  return typeof id === 'string' && id !== ''
}

/** What it is called in a note. */
export function rawName(card: RawCard): string {
  return typeof card.name === 'string' ? oneLine(card.name) : ''
}

/** Map.groupBy, which the oldest runtime in use does not have. */
export function groupBy(
  values: readonly unknown[],
  keyOf: (value: unknown) => unknown,
): Map<unknown, unknown[]> {
  const groups = new Map<unknown, unknown[]>()
  for (const value of values) {
    const group = groups.get(keyOf(value))
    if (group) group.push(value)
    else groups.set(keyOf(value), [value])
  }
  return groups
}

/** A value inside another that may be anything. */
export function at(value: unknown, key: string): unknown {
  return typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
}

/** As they stand on the board; what has no place comes first. */
export function byPlace(a: { pos: unknown }, b: { pos: unknown }): number {
  return placeOf(a) - placeOf(b)
}

function placeOf({ pos }: { pos: unknown }): number {
  return typeof pos === 'number' && Number.isFinite(pos) ? pos : 0
}

/** Without its breaks. */
export function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

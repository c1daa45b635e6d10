/**
 * What names that differ only in the case of their letters have in common: letter by letter, one for one (İ), and the same
 * for Σ wherever it stands in a word. Names that are alike here are one name, whatever the database takes for alike: that
 * depends on its locale (with `C` it knows no case of Ä). So whoever writes a name compares it by this first.
 */
export function nameKey(name: string): string {
  return Array.from(name, lowerCase).join('')
}

function lowerCase(letter: string): string {
  const [first = letter] = letter.toLowerCase()
  return first === 'ς' ? 'σ' : first
}

/** By their keys the first of those that are called alike. */
export function firstOfEachName<T extends { name: string }>(named: readonly T[]): ReadonlyMap<string, T> {
  return new Map(named.toReversed().map((one) => [nameKey(one.name), one]))
}

const LONGEST = 10

/**
 * A key for a board of this name that is not among `taken`: up to three letters ("Agent Rangers" → AR,
 * "Payments" → PAY), with a number behind it when it is in use. A name without Latin letters gives "B".
 */
export function keyFor(name: string, taken: readonly string[]): string {
  const words = name
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toUpperCase()
    .split(/[^A-Z0-9]+/)
    .map((word) => word.replace(/^[0-9]+/, ''))
    .filter(Boolean)
  const initials = words.length > 1 ? words.map((word) => word[0]).join('') : (words[0] ?? '')
  const stem = initials.slice(0, words.length > 1 ? 4 : 3) || 'B'
  const used = new Set(taken)
  if (!used.has(stem)) return stem
  for (let number = 2; ; number += 1) {
    const key = `${stem}${number}`.slice(-LONGEST)
    if (!used.has(key)) return key
  }
}

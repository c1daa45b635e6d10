/**
 * What names that differ only in the case of their letters have in common, as the database sees it: letter by letter,
 * whatever stands around (Σ at the end of a word), and one for one (İ). So what is told apart here is apart there.
 */
export function nameKey(name: string): string {
  return Array.from(name, lowerCase).join('')
}

function lowerCase(letter: string): string {
  const [first = letter] = letter.toLowerCase()
  return first
}

const LONGEST_SLUG = 40

/** `rangers/RNG-12-fix-the-sum`: the branch of a card. Letters without a Latin form are left out. */
export function branchName(key: string, title: string): string {
  const slug = slugOf(title)
  return slug ? `rangers/${key}-${slug}` : `rangers/${key}`
}

/** Lower-case ASCII words joined by dashes, at most 40 characters, cut between words where possible. */
export function slugOf(text: string): string {
  const plain = text
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replaceAll('ß', 'ss')
  const words = plain.match(/[a-z0-9]+/g) ?? []
  let slug = ''
  for (const word of words) {
    const longer = slug ? `${slug}-${word}` : word
    if (longer.length > LONGEST_SLUG) break
    slug = longer
  }
  return slug || (words[0]?.slice(0, LONGEST_SLUG) ?? '')
}

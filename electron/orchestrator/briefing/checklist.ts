/** An item of the acceptance criteria. */
export interface Criterion {
  text: string
  isDone: boolean
}

const MOST_ITEMS = 50
const ITEM = /^\s{0,20}(?:[-*+]|\d{1,3}[.)])\s+(?:\[([ xX])\]\s*)?(.*)$/

/** The acceptance criteria one by one: the items of their lists; without lists their lines, or parts between semicolons. */
export function criteriaOf(text: string | null): Criterion[] {
  const lines = (text ?? '').split('\n').filter((line) => line.trim() !== '')
  const items = lines.flatMap((line) => {
    const item = ITEM.exec(line)
    return item?.[2] ? [{ text: item[2].trim(), isDone: item[1] !== undefined && item[1] !== ' ' }] : []
  })
  if (items.length > 0) return items.slice(0, MOST_ITEMS)
  const parts = lines.length === 1 ? (lines[0] ?? '').split(/;\s+/) : lines
  return parts
    .map((part) => ({ text: part.trim().replace(/;$/, ''), isDone: false }))
    .filter(({ text }) => text !== '' && !/^#{1,6}\s/.test(text))
    .slice(0, MOST_ITEMS)
}

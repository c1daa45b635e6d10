const ITEM = /^(?:[-*+]|\d{1,9}[.)])[ \t]+\[([ xX])\](?=\s|$)/

/**
 * The Markdown text with the task that begins at this place ticked, or no longer ticked; null when there is none, as in a
 * text that has changed meanwhile.
 */
export function tickItem(text: string, offset: number, isTicked: boolean): string | null {
  const item = ITEM.exec(text.slice(offset))
  if (!item) return null
  const mark = offset + item[0].length - 2
  return `${text.slice(0, mark)}${isTicked ? 'x' : ' '}${text.slice(mark + 1)}`
}

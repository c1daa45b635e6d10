/** Heading, quote and bullet marks at the beginning of a line; a number stays, it is read as text too. */
const BLOCK_MARKS = /^\s*(?:(?:#{1,6}|>|[-*+])(?:\s+(?:\[[ xX]\]\s+)?|$))+/
/** Fences, rules and the line below a table's head. */
const NO_WORDS = /^\s*(?:```.*|~~~.*|[-*_=|:\s]*)$/
const LINK = /!?\[([^\]]*)\]\([^)]*\)?/g
const EMPHASIS = /(^|[^\w*])([*_]{1,3})(?=\S)(.*?\S)\2(?![\w*])/g

/** One line of Markdown as plain text, also when it is not written to its end; empty when it says nothing. */
export function plainLine(line: string): string {
  if (NO_WORDS.test(line)) return ''
  return line
    .replace(BLOCK_MARKS, '')
    .split('`')
    .map((part, index) => (index % 2 === 1 ? part : plainWords(part)))
    .join('')
    .trim()
}

/** `**` that is left belongs to words that are still being written. */
function plainWords(text: string): string {
  return text.replace(LINK, '$1').replace(EMPHASIS, '$1$3').replaceAll('**', '')
}

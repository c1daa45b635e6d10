const ITEM = /^\s*(?:[-*+]|\d{1,9}[.)])\s+\[([ xX])\](?=\s|$)/
const FENCE = /^ {0,3}(`{3,}|~{3,})/

/** How many items of task lists a Markdown text has, and how many of them are ticked; code does not count. */
export function countChecklist(...texts: (string | null | undefined)[]): { done: number; total: number } {
  let done = 0
  let total = 0
  for (const text of texts) {
    for (const mark of itemsOf(text ?? '')) {
      total += 1
      if (mark !== ' ') done += 1
    }
  }
  return { done, total }
}

function* itemsOf(text: string): Generator<string> {
  let fence: string | null = null
  for (const line of text.split('\n')) {
    const mark = FENCE.exec(line)?.[1]
    if (fence) {
      if (mark?.startsWith(fence)) fence = null
      continue
    }
    if (mark) {
      fence = mark
      continue
    }
    const item = ITEM.exec(line)?.[1]
    if (item) yield item
  }
}

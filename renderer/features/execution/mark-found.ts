import { useEffect } from 'react'

const NAME = 'log-search'

/**
 * Marks a text wherever it stands in an element, without touching what is drawn there. Of what is long only what is on the
 * screen is drawn, so little is looked through. Runs again when `version` is another.
 */
export function useMarkFound(within: { current: HTMLElement | null }, text: string, version: unknown): void {
  // biome-ignore lint/correctness/useExhaustiveDependencies: the version tells that something else is drawn
  useEffect(() => {
    const element = within.current
    if (!element || text === '') return
    CSS.highlights.set(NAME, new Highlight(...rangesOf(element, text.toLowerCase())))
    return () => void CSS.highlights.delete(NAME)
  }, [within, text, version])
}

function rangesOf(element: HTMLElement, text: string): Range[] {
  const ranges: Range[] = []
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const words = node.nodeValue?.toLowerCase() ?? ''
    // Where small letters are another length, places would not fit.
    if (words.length !== node.nodeValue?.length) continue
    for (let at = words.indexOf(text); at >= 0; at = words.indexOf(text, at + text.length)) {
      const range = document.createRange()
      range.setStart(node, at)
      range.setEnd(node, at + text.length)
      ranges.push(range)
    }
  }
  return ranges
}

import type { ExtraProps } from 'react-markdown'

/** What Markdown has become, before it is drawn. */
export type Element = NonNullable<ExtraProps['node']>
type ElementContent = Element['children'][number]
interface Root {
  children: (ElementContent | { type: 'doctype' })[]
}

/** Deeper than people write, and shallow enough for every layout. */
const DEEPEST = 24

/** A rehype plugin: what is nested deeper than anybody reads becomes plain text. */
export function flattenDeep() {
  return (root: Root): void => {
    let level = elementsIn(root)
    for (let depth = 1; depth < DEEPEST; depth += 1) level = level.flatMap(elementsIn)
    for (const element of level) element.children = [{ type: 'text', value: textOf(element) }]
  }
}

function elementsIn({ children }: Root | Element): Element[] {
  return (children as ElementContent[]).filter((child): child is Element => child.type === 'element')
}

/** All text in it, without recursion: it may be nested thousands of times. */
export function textOf(element: Element): string {
  let text = ''
  const waiting: ElementContent[] = element.children.toReversed()
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (node.type === 'text') text += node.value
    else if (node.type === 'element') waiting.push(...node.children.toReversed())
  }
  return text
}

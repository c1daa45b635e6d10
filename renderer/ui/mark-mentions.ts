import { mentionRanges } from '#shared/mentions.ts'
import type { Person } from '#shared/person.ts'
import type { Element } from './flatten-deep.ts'

type Content = Element['children'][number]
interface Parent {
  children: unknown[]
}

/** What is read letter by letter, and names nobody. */
const LITERAL: ReadonlySet<string> = new Set(['code', 'pre', 'a'])

/** A rehype plugin: each `@Name` of these people becomes an element with the class `mention`. */
export function markMentions(people: readonly Person[]) {
  return () =>
    (root: Parent): void => {
      // Without recursion: it may be nested thousands of times.
      const waiting: Parent[] = [root]
      for (let parent = waiting.pop(); parent; parent = waiting.pop()) {
        const children = parent.children as Content[]
        waiting.push(
          ...(children.filter(
            (child) => child.type === 'element' && !LITERAL.has(child.tagName),
          ) as Element[]),
        )
        parent.children = children.flatMap((child) =>
          child.type === 'text' ? partsOf(child.value, people) : [child],
        )
      }
    }
}

function partsOf(text: string, people: readonly Person[]): Content[] {
  const parts: Content[] = []
  let at = 0
  for (const { start, end } of mentionRanges(text, people)) {
    parts.push(textNode(text.slice(at, start)), mention(text.slice(start, end)))
    at = end
  }
  return at === 0 ? [textNode(text)] : [...parts, textNode(text.slice(at))]
}

function textNode(value: string): Content {
  return { type: 'text', value }
}

function mention(value: string): Content {
  return {
    type: 'element',
    tagName: 'span',
    properties: { className: ['mention'] },
    children: [{ type: 'text', value }],
  }
}

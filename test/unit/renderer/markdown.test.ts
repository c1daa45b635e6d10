import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { tickItem } from '../../../renderer/lib/tick-item.ts'
import { Markdown } from '../../../renderer/ui/markdown.tsx'

const draw = (text: string) => renderToStaticMarkup(createElement(Markdown, { text }))

test.each([
  ['a script', '<script>alert(1)</script>'],
  ['an event handler', '<img src=x onerror=alert(1)>'],
  ['a frame', '<iframe srcdoc="<script>alert(1)</script>"></iframe>'],
  ['a style', '<style>body { display: none }</style><div style="position:fixed;inset:0">x</div>'],
  ['a form', '<form action="https://example.com"><input name="a"></form>'],
  ['a picture in SVG', '<svg onload=alert(1)><use href="#a"/></svg>'],
])('%s in a text is text', (_, text) => {
  const html = draw(text)
  expect(html).not.toMatch(/<(script|img|iframe|style|form|svg|input)/)
  expect(html).toContain('&lt;')
})

test.each([
  '[a](javascript:alert(1))',
  '[a](JaVaScRiPt:alert(1))',
  '[a](java\tscript:alert(1))',
  '[a](&#106;avascript:alert(1))',
  '[a](data:text/html,<script>alert(1)</script>)',
  '[a](vbscript:x)',
  '[a](file:///etc/passwd)',
  '[a](http://example.com)',
  '[a](//example.com)',
  '<javascript:alert(1)>',
])('%s leads nowhere', (text) => {
  expect(draw(text)).not.toContain('href')
})

test('a link to the web opens outside, and knows nothing of the window', () => {
  expect(draw('[a](https://example.com)')).toContain(
    '<a href="https://example.com" target="_blank" rel="noreferrer noopener">a</a>',
  )
})

test('a picture of the web is not fetched', () => {
  expect(draw('![cat](https://example.com/cat.png)')).not.toMatch(/<img|src=/)
})

test.each([
  ['quotes', '>'.repeat(5_000)],
  ['lists on one line', `${'- '.repeat(2_000)}x`],
  ['lists in quotes', '> 1. - '.repeat(900)],
  ['lists in steps', Array.from({ length: 95 }, (_, depth) => `${' '.repeat(depth * 2)}- x`).join('\n')],
  ['brackets', '['.repeat(5_000)],
  ['emphasis', '*a **b _c __d '.repeat(350)],
  ['links in links', '[a]('.repeat(1_200)],
  ['backticks', Array.from({ length: 95 }, (_, count) => '`'.repeat(count + 1)).join('a')],
  ['a table of 1,600 columns', `${'|a'.repeat(800)}|\n${'|-'.repeat(800)}|\n${'|b'.repeat(800)}|`],
])('%s that nobody reads are drawn, and not deeply', (_, text) => {
  const html = draw(text)
  expect(html.length).toBeGreaterThan(30)
  let [depth, deepest] = [0, 0]
  for (const [tag] of html.matchAll(/<\/?[a-z][^>]*?(\/?)>/g)) {
    if (tag.startsWith('</')) depth -= 1
    else if (!/^<(input|br|hr|img)/.test(tag)) depth += 1
    deepest = Math.max(deepest, depth)
  }
  expect(deepest).toBeLessThan(40)
})

test('the boxes of tasks have names; without a listener they cannot be ticked', () => {
  const html = draw('- [ ] Buy milk\n  - [x] Oats\n1. [X] Third')
  expect(html).toContain('aria-label="Buy milk"')
  expect(html).toContain('aria-label="Oats"')
  expect(html.match(/disabled=""/g)).toHaveLength(3)
})

test('ticking changes the mark of that task alone', () => {
  const text = 'Do:\n\n- [ ] one\n> 2) [x] two\n- [ ]\n'
  const at = (part: string) => text.indexOf(part)
  expect(tickItem(text, at('- [ ] one'), true)).toBe(text.replace('[ ] one', '[x] one'))
  expect(tickItem(text, at('2) [x]'), false)).toBe(text.replace('[x] two', '[ ] two'))
  expect(tickItem(text, 0, true)).toBeNull()
  expect(tickItem(text, 9_999, true)).toBeNull()
})

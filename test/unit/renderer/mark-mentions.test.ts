import { createElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { expect, test } from 'vitest'
import { UserId } from '#shared/ids.ts'
import { Markdown } from '../../../renderer/ui/markdown.tsx'
import { uuid } from './fixtures.ts'

const people = ['Ada', 'Ada Lovelace'].map((name, index) => ({ id: UserId.parse(uuid(index + 1)), name }))

test('who is meant is marked: the longest name, in any words but in code and links', () => {
  const text = 'Ask @Ada Lovelace, or **@ada**! Not a@ada.org, `@Ada` or [@Ada](https://a.org)'
  const html = renderToStaticMarkup(createElement(Markdown, { text, people }))
  expect(
    [...html.matchAll(/<span class="[^"]*mention[^"]*">([^<]*)<\/span>/g)].map(([, name]) => name),
  ).toEqual(['@Ada Lovelace', '@ada'])
})

test('a text that is nested thousands of times is marked as far as it is drawn', () => {
  const text = `${'> '.repeat(200)}@Ada`
  expect(() => renderToStaticMarkup(createElement(Markdown, { text, people }))).not.toThrow()
})

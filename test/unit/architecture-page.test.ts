import { access, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const PLACE = /`((?:db|electron|renderer|shared|migrations)\/[^`]*)`/g

it('every file and folder that the page about the architecture names is there', async () => {
  const page = await readFile('docs/architecture.md', 'utf8')
  const places = [...page.matchAll(PLACE)].map(([, place = '']) => place)
  expect(places.length).toBeGreaterThan(30)
  for (const place of places) await expect(access(place), place).resolves.toBeUndefined()
})

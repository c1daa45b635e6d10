import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const ROW = /^\| .+ \| `(test\/e2e\/[^`]+)`: (.+) \|$/

it('each story of the page is told by a test, and each file of stories is on it', async () => {
  const page = await readFile('docs/stories.md', 'utf8')
  const rows = page.split('\n').filter((line) => /^\| (?!What a person )/.test(line))
  const told = new Set<string>()
  for (const row of rows) {
    const [, file = '', title = ''] = ROW.exec(row) ?? []
    expect(await readFile(file, 'utf8').catch(() => `no file ${file}`), row).toContain(title)
    told.add(file)
  }
  const files = (await readdir('test/e2e')).filter((name) => name.endsWith('.e2e.ts'))
  expect([...told].toSorted()).toEqual(files.map((name) => `test/e2e/${name}`).toSorted())
})

import { readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

const ROW = /^\| .+ \| `(test\/[^`]+)`: (.+) \|$/

it('each trap of the page on security names a test that is there', async () => {
  const page = await readFile('docs/security.md', 'utf8')
  const rows = page.split('\n').filter((line) => /^\| (?!Trap )/.test(line))
  expect(rows.length).toBeGreaterThan(50)
  for (const row of rows) {
    const [, file = '', title = ''] = ROW.exec(row) ?? []
    expect(await readFile(file, 'utf8').catch(() => `no file ${file}`), row).toContain(title)
  }
})

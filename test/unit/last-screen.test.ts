import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { LastScreenFile, lastScreenMark } from '#electron/last-screen.ts'

let folder = ''
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rangers-last-screen-'))
  await writeFile(path.join(folder, 'index.html'), '<script src="./first-1.js"></script>')
})
afterEach(() => rm(folder, { recursive: true }))

describe('what a window showed last', () => {
  it('is read by the same build for the same database, until it is forgotten', async () => {
    const file = new LastScreenFile(folder, markFor({}))
    expect(file.read()).toBeNull()
    await file.keep('a board\nof two lines')
    expect(file.read()?.toString()).toBe('a board\nof two lines')
    await file.forget()
    expect(file.read()).toBeNull()
  })

  it.skipIf(process.platform === 'win32')('is for its owner alone', async () => {
    await new LastScreenFile(folder, markFor({})).keep('a board')
    expect((await stat(path.join(folder, 'last-screen.json'))).mode & 0o777).toBe(0o600)
  })

  it('is not read for another database, by another version, with other pages', async () => {
    await new LastScreenFile(folder, markFor({})).keep('a board')
    const other = { DATABASE_URL: 'postgresql://me:secret@far.example:5432/boards' }
    expect(new LastScreenFile(folder, markFor(other)).read()).toBeNull()
    expect(new LastScreenFile(folder, lastScreenMark('2.0.0', folder, {})).read()).toBeNull()
    await writeFile(path.join(folder, 'index.html'), '<script src="./first-2.js"></script>')
    expect(new LastScreenFile(folder, markFor({})).read()).toBeNull()
  })

  it('tells nothing of a password', () => {
    const [one, two] = ['me:one@far.example/boards', 'me:two@far.example/boards?password=three'].map((end) =>
      markFor({ DATABASE_URL: `postgresql://${end}` }),
    )
    expect(one).toBe(two)
    expect(markFor({ DATABASE_URL: 'postgresql://you:one@far.example/boards' })).not.toBe(one)
  })

  it('is nothing where the file is broken, and a folder that cannot be written costs nothing', async () => {
    await writeFile(path.join(folder, 'last-screen.json'), 'no line end')
    expect(new LastScreenFile(folder, markFor({})).read()).toBeNull()
    const nowhere = new LastScreenFile(path.join(folder, 'none'), markFor({}))
    await nowhere.keep('a board')
    expect(nowhere.read()).toBeNull()
  })
})

function markFor(values: Record<string, string>): string {
  return lastScreenMark('1.0.0', folder, values)
}

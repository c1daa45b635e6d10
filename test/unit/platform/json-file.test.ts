import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readJsonFile } from '#electron/platform/json-file.ts'

let folder: string
let count = 0
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rangers-json-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function read(content: string | Uint8Array, limit = 1_000_000): Promise<unknown> {
  count += 1
  const file = path.join(folder, `${count}.json`)
  await writeFile(file, content)
  return readJsonFile(file, { limit, signal: new AbortController().signal })
}

describe('a JSON file', () => {
  it('is read as JSON.parse would, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(fc.json({ maxDepth: 4 }), async (json) => {
        expect(JSON.stringify(await read(json))).toBe(JSON.stringify(JSON.parse(json)))
      }),
      { numRuns: 50 },
    )
  })

  it('is the same when characters lie across the slices in which it is read', async () => {
    const text = '😀é漢\\"\n'.repeat(30_000)
    expect(await read(JSON.stringify([text]))).toEqual([text])
    expect(await read(JSON.stringify([`x${text}`]))).toEqual([`x${text}`])
  })

  it('may begin with the mark of Windows programs', async () => {
    expect(await read('\ufeff{"a":[1]}')).toEqual({ a: [1] })
  })

  it('cannot reach the prototypes of other objects', async () => {
    const value = await read('{"__proto__":{"polluted":true},"constructor":1}')
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
    expect(JSON.stringify(value)).toBe('{"__proto__":{"polluted":true},"constructor":1}')
  })

  it.each<[string, string | Uint8Array, RegExp]>([
    ['empty', '', /^The file is empty\.$/],
    ['blank', ' \n ', /^The file is cut off: .* at line 2, column 2\./],
    ['a web page', '<!doctype html><p>no', /^This is no JSON file\.$/],
    ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10), /not text in UTF-8/],
    ['UTF-16', Buffer.from('\ufeff{"a":1}', 'utf16le'), /not text in UTF-8/],
    ['Latin-1', Buffer.from('{"a":"é"}', 'latin1'), /not text in UTF-8/],
    [
      'cut in a text',
      '{"a":1,\n"b":"twe',
      /^The file is cut off: it ends in the middle, at line 2, column 9\./,
    ],
    ['cut between values', '[1,\n2', /^The file is cut off: .* line 2, column 2\./],
    [
      'cut in a character',
      Buffer.from('["é"]').subarray(0, 3),
      /^The file is cut off: .* line 1, column 4\./,
    ],
    ['a missing comma', '[\n1,\n{"a":2 "b":3}]', /^The file is broken at line 3, column \d+: /],
    ['a lone word', '[true,\nfals!]', /^The file is broken at line 2, column 5: /],
    ['two values', '{}\n{}', /^The file is broken at line 2, column 1: /],
    ['a bomb of brackets', '['.repeat(100_000), /^The file is broken at line 1, column 201: /],
  ])('that is %s is refused with where it broke', async (_name, content, sentence) => {
    await expect(read(content)).rejects.toThrow(sentence)
  })

  it('that is too large is refused unread', async () => {
    await expect(read(JSON.stringify('x'.repeat(3_000_000)), 2_000_000)).rejects.toThrow(
      'The file has 3 MB; at most 2 MB can be read.',
    )
  })

  it('that is not there, or a folder, is refused', async () => {
    const signal = new AbortController().signal
    await expect(readJsonFile(path.join(folder, 'none'), { limit: 1, signal })).rejects.toThrow(
      /There is no file/,
    )
    await expect(readJsonFile(folder, { limit: 1, signal })).rejects.toThrow(/is no file/)
  })
})

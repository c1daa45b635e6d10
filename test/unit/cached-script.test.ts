import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readCached } from '#electron/cached-script.ts'

let folder: string
const script = () => path.join(folder, 'script.cjs')
const cache = () => path.join(folder, 'window', 'script.cache')
const start = () => readCached<{ word: string }>(script(), cache())

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rangers-script-'))
  await writeFile(script(), `exports.word = require('node:path').basename(__filename)\n// the end`)
})
afterEach(() => rm(folder, { recursive: true, force: true }))

test('what a start has compiled is kept once, for the next one to use', async () => {
  const first = await start()
  expect(first.run()).toEqual({ word: 'script.cjs' })
  await first.keep()
  const kept = await readFile(cache())
  const second = await start()
  expect(second.run()).toEqual({ word: 'script.cjs' })
  await rm(cache())
  await second.keep() // was known: nothing to keep
  expect(kept.length).toBeGreaterThan(100)
  expect(await readdir(path.dirname(cache()))).toEqual([])
})

test('what was compiled of another script of the same length is not used', async () => {
  await writeFile(script(), `exports.word = 'first'`)
  const first = await start()
  first.run()
  await first.keep()
  await writeFile(script(), `exports.word = 'other'`)
  expect((await start()).run()).toEqual({ word: 'other' })
})

test.for([0, 10, 40, -1])('a cache that is broken from byte %i on is made anew', async (at) => {
  const first = await start()
  first.run()
  await first.keep()
  const kept = await readFile(cache())
  await writeFile(cache(), Buffer.concat([kept.subarray(0, at), Buffer.from('broken')]))
  const second = await start()
  expect(second.run()).toEqual({ word: 'script.cjs' })
  await second.keep()
  expect((await readFile(cache())).length).toBeGreaterThan(100)
})

test('a part that is read on demand gets the script that runs, and not another one', async () => {
  await writeFile(
    script(),
    `class Refused {}\nexports.Refused = Refused\nexports.read = () => require('./part.cjs')`,
  )
  await writeFile(path.join(folder, 'part.cjs'), `exports.Refused = require('./script.cjs').Refused`)
  const { Refused, read } = (await readCached<Script>(script(), cache())).run()
  expect(read().Refused).toBe(Refused)
})
interface Script {
  Refused: unknown
  read(): { Refused: unknown }
}

test('a script runs strictly, and says what it throws', async () => {
  await writeFile(script(), 'undeclared = 1')
  const { run } = await start()
  expect(run).toThrow('undeclared is not defined')
})

test('a script imports modules when it needs them, compiled or kept', async () => {
  await writeFile(path.join(folder, 'later.mjs'), `export const word = 'later'`)
  await writeFile(script(), `exports.read = () => import('./later.mjs')`)
  const read = () => readCached<{ read(): Promise<{ word: string }> }>(script(), cache())
  const first = await read()
  expect((await first.run().read()).word).toBe('later')
  await first.keep()
  expect((await (await read()).run().read()).word).toBe('later')
})

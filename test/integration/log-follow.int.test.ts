import { mkdtemp, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { loadConfig } from '#electron/config.ts'
import { type LogFile, logPath, openLog } from '#electron/log.ts'
import { followLog } from '#electron/services/logs.ts'
import { openTestApp } from '../helpers/test-app.ts'

let dataFolder: string
let ctx: Parameters<typeof followLog>[0]
beforeEach(async () => {
  dataFolder = await mkdtemp(path.join(tmpdir(), 'rangers-follow-'))
  ctx = { config: loadConfig({ env: { RANGERS_DATA_DIR: dataFolder }, cwd: dataFolder }) }
})
afterEach(() => rm(dataFolder, { recursive: true, force: true }))

const openIts = (mostBytes = 1_000_000) => openLog({ path: logPath(dataFolder), level: 'debug', mostBytes })

/** Writes the numbers as lines and waits until they are on the disk. */
async function write(from: number, to: number, mostBytes?: number): Promise<void> {
  await using file = await openIts(mostBytes)
  for (let index = from; index < to; index += 1)
    file.log.info({ index }, `line ${index} ${'ü'.repeat(index % 99)}`)
}

/** The numbers of the lines that are followed, until there are this many. */
async function follow(count: number, until: number, onFirst?: () => unknown): Promise<number[]> {
  const found: number[] = []
  const stop = new AbortController()
  let isFirst = true
  for await (const lines of followLog(
    ctx,
    count,
    AbortSignal.any([stop.signal, AbortSignal.timeout(15_000)]),
  )) {
    found.push(...lines.map((line) => JSON.parse(line.text).index as number))
    if (isFirst) await onFirst?.()
    isFirst = false
    if (found.length >= until) stop.abort()
  }
  return found
}
const numbers = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => from + index)

describe('the end of the log', () => {
  test('is the last lines, whole, of a file of any size', async () => {
    await write(0, 5000)
    expect(await follow(1000, 1)).toEqual(numbers(4000, 5000))
  })

  test('is all of it where there is less', async () => {
    await write(0, 7)
    expect(await follow(1000, 1)).toEqual(numbers(0, 7))
  })

  test('goes on in earlier files', async () => {
    for (const part of [0, 1, 2]) await write(part * 50, part * 50 + 50, 5000)
    expect(await follow(120, 1)).toEqual(numbers(30, 150))
  })

  test('is what a person reads', async () => {
    {
      await using file: LogFile = await openIts()
      file.log.warn({ event: 'mended', correlation_id: 'c1' }, 'it was mended')
    }
    for await (const [line] of followLog(ctx, 1, AbortSignal.timeout(10_000))) {
      expect(line).toEqual({
        level: 'warn',
        timestamp: expect.stringMatching(/Z$/),
        event: 'mended',
        message: 'it was mended',
        correlation_id: 'c1',
        text: expect.stringContaining('"event":"mended"'),
      })
      break
    }
  })

  test('shows a line that is none of ours as it is', async () => {
    await write(0, 1)
    await writeFile(logPath(dataFolder), 'not JSON\n')
    for await (const lines of followLog(ctx, 9, AbortSignal.timeout(10_000))) {
      expect(lines).toMatchObject([{ level: 'info', timestamp: null, message: 'not JSON', text: 'not JSON' }])
      break
    }
  })
})

describe('what is added', () => {
  test('follows, once and in order', async () => {
    await write(0, 3)
    expect(await follow(2, 5, () => write(3, 6))).toEqual(numbers(1, 6))
  })

  test('follows over the beginning of a new file', async () => {
    await write(0, 10)
    expect(await follow(10, 210, () => write(10, 210, 8000))).toEqual(numbers(0, 210))
  })

  test('follows from the beginning when the log is made later', async () => {
    expect(await follow(10, 5, () => write(0, 5))).toEqual(numbers(0, 5))
  })

  test('follows in a file that somebody has emptied', async () => {
    await write(0, 5)
    const emptied = async () => {
      await truncate(logPath(dataFolder))
      await write(5, 7)
    }
    expect(await follow(5, 7, emptied)).toEqual(numbers(0, 7))
  })
})

test('a window follows the log of its app through a call', async () => {
  await using app = await openTestApp()
  for await (const lines of await app.api.logs.follow({ lines: 100 })) {
    if (lines.some((line) => line.event === 'app_start')) app.ctx.log.info({ event: 'seen' }, 'now')
    if (lines.some((line) => line.event === 'seen')) break
  }
})

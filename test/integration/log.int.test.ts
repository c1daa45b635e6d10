import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as turn } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { KEPT_LOGS, type LogFile, openLog } from '#electron/log.ts'
import { eachInLogContext, inLogContext } from '#electron/log-context.ts'

let folder: string
let file: string
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'rangers-log-'))
  file = path.join(folder, 'logs', 'app.log')
})
afterEach(() => rm(folder, { recursive: true, force: true }))

const open = (options: object = {}) => openLog({ path: file, level: 'debug', ...options })
/** Of a file that may have been begun after the last line was written: then it has none. */
const linesOf = async (name: string): Promise<Record<string, unknown>[]> =>
  (await readFile(name, 'utf8'))
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line))

async function written(write: (log: LogFile) => unknown, options?: object) {
  {
    await using log = await open(options)
    await write(log)
  }
  return linesOf(file)
}

describe('a line', () => {
  test('has level, time, event, instance and message', async () => {
    const [line] = await written(({ log }) => log.warn({ event: 'mended', count: 2 }, 'it was mended'), {
      fields: { instance_id: 'i1' },
    })
    expect(line).toEqual({
      level: 'warn',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      pid: process.pid,
      instance_id: 'i1',
      event: 'mended',
      count: 2,
      msg: 'it was mended',
    })
  })

  test('without an event is named after its message', async () => {
    const lines = await written(({ log }) => {
      log.info({}, 'call refused')
      log.info('A plain one')
      log.error(new Error('bare'))
    })
    expect(lines.map((line) => line.event)).toEqual(['call_refused', 'a_plain_one', 'error'])
    expect(lines[2]?.err).toMatchObject({ message: 'bare' })
  })

  test('says for what it was written, through everything that a call starts', async () => {
    const lines = await written(async ({ log }) => {
      const call = async (id: string) => {
        await turn(1)
        log.info(`of ${id}`)
        await Promise.all([turn(2).then(() => log.info(`of ${id}`))])
      }
      await Promise.all(['a', 'b'].map((id) => inLogContext({ correlation_id: id }, () => call(id))))
      async function* source() {
        for (const index of [1, 2]) {
          log.info('of s')
          yield index
        }
      }
      for await (const _ of eachInLogContext({ correlation_id: 's' }, source())) log.info('of nobody')
    })
    for (const line of lines) expect(`of ${line.correlation_id ?? 'nobody'}`).toBe(line.msg)
    expect(lines).toHaveLength(8)
  })

  test('keeps a secret that it hears of later', async () => {
    const [before, after] = await written(({ log, hide }) => {
      log.info({ text: 'hunter2hunter2' }, 'before')
      hide('hunter2hunter2')
      log.info({ text: 'hunter2hunter2' }, 'after')
    })
    expect([before?.text, after?.text]).toEqual(['hunter2hunter2', '[redacted]'])
  })
})

test('lines of earlier runs stay', async () => {
  await written(({ log }) => log.info('first'))
  expect((await written(({ log }) => log.info('second'))).map((line) => line.msg)).toEqual([
    'first',
    'second',
  ])
})

describe('a full file', () => {
  /** Writes numbered lines with pauses, as an app does, and returns how many. */
  async function fill(log: LogFile, count: number, from = 0): Promise<void> {
    for (let index = from; index < from + count; index += 1) {
      log.log.info({ index }, 'a line of about a hundred bytes')
      if (index % 10 === 9) await turn(2)
    }
  }
  const indexes = async () => {
    const names = (await readdir(path.dirname(file))).sort().reverse()
    const all = await Promise.all(names.map((name) => linesOf(path.join(path.dirname(file), name))))
    return { names, found: all.flat().map((line) => Number(line.index)) }
  }

  test('gives way to a new one, and no line is lost or doubled', async () => {
    {
      await using log = await open({ mostBytes: 20_000 })
      await fill(log, 400)
    }
    const { names, found } = await indexes()
    expect(names.length).toBeGreaterThan(2)
    expect(found).toEqual(Array.from({ length: 400 }, (_, index) => index))
  })

  test('only a few are kept', async () => {
    {
      await using log = await open({ mostBytes: 3000 })
      await fill(log, 1000)
    }
    const { names, found } = await indexes()
    expect(names).toHaveLength(KEPT_LOGS + 1)
    expect(found.at(-1)).toBe(999)
  })

  test('may be closed while a new one is begun', async () => {
    for (let time = 0; time < 40; time += 1) {
      await using log = await open({ mostBytes: 2000 })
      for (let index = 0; index < 30; index += 1) log.log.info({ index }, 'x'.repeat((time * 37) % 400))
    }
    expect((await indexes()).found.at(-1)).toBe(29)
  })

  test('that another app has put aside already is not put aside twice', async () => {
    const line = 'x'.repeat(300)
    const putAside = (name: string) => readdir(path.dirname(file)).then((names) => names.includes(name))
    {
      await using one = await open({ mostBytes: 2000 })
      await using two = await open({ mostBytes: 2000 })
      const writeMore = () => {
        one.log.info({ line }, 'one')
        return putAside('app.log.1')
      }
      await expect.poll(writeMore).toBe(true)
      for (let index = 0; index < 5; index += 1) two.log.info({ line }, 'two')
    }
    expect(await putAside('app.log.2')).toBe(false)
  })

  test('two apps may write it', async () => {
    {
      await using one = await open({ mostBytes: 30_000 })
      await using two = await open({ mostBytes: 30_000 })
      await Promise.all([fill(one, 300), fill(two, 300, 1000)])
    }
    const { found } = await indexes()
    expect(new Set(found).size).toBe(600)
    expect(found).toHaveLength(600)
  })
})

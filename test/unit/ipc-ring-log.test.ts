import { expect, test } from 'vitest'
import { createRingLog, type RingLogEntry } from '#electron/events/ring-log.ts'

const live = () => new AbortController()

async function take<T>(entries: AsyncIterable<RingLogEntry<T>>, count: number): Promise<RingLogEntry<T>[]> {
  const taken: RingLogEntry<T>[] = []
  for await (const entry of entries) if (taken.push(entry) === count) break
  return taken
}

test('reads what is kept and then what comes', async () => {
  const log = createRingLog<string>(10)
  log.append('a')
  const reading = take(log.read(0, live().signal), 3)
  log.append('b')
  queueMicrotask(() => log.append('c'))
  expect(await reading).toEqual([
    { seq: 1, value: 'a' },
    { seq: 2, value: 'b' },
    { seq: 3, value: 'c' },
  ])
})

test('starts behind the given number', async () => {
  const log = createRingLog<string>(10)
  for (const value of ['a', 'b', 'c']) log.append(value)
  expect(await take(log.read(2, live().signal), 1)).toEqual([{ seq: 3, value: 'c' }])
})

test('a reader that fell out gets one reset with the newest number and goes on behind it', async () => {
  const log = createRingLog<number>(3)
  for (let n = 1; n <= 10; n++) log.append(n)
  const reading = take(log.read(2, live().signal), 3)
  queueMicrotask(() => {
    log.append(11)
    log.append(12)
  })
  expect(await reading).toEqual([
    { seq: 10, reset: true },
    { seq: 11, value: 11 },
    { seq: 12, value: 12 },
  ])
})

test('the oldest value that is kept is still read without a reset', async () => {
  const log = createRingLog<number>(3)
  for (let n = 1; n <= 10; n++) log.append(n)
  expect(await take(log.read(7, live().signal), 3)).toEqual([8, 9, 10].map((n) => ({ seq: n, value: n })))
})

test('a number from another life of the log gets a reset', async () => {
  const log = createRingLog<number>(3)
  log.append(1)
  expect(await take(log.read(500, live().signal), 1)).toEqual([{ seq: 1, reset: true }])
})

test('a slow reader that is overrun between two values is reset, a quick one is not', async () => {
  const log = createRingLog<number>(2)
  log.append(1)
  const slow = log.read(0, live().signal)
  const quick = log.read(0, live().signal)
  expect([await slow.next(), await quick.next()].map(({ value }) => value)).toEqual([
    { seq: 1, value: 1 },
    { seq: 1, value: 1 },
  ])
  log.append(2)
  expect((await quick.next()).value).toEqual({ seq: 2, value: 2 })
  log.append(3)
  log.append(4)
  expect([(await slow.next()).value, (await quick.next()).value]).toEqual([
    { seq: 4, reset: true },
    { seq: 3, value: 3 },
  ])
})

test('an abort ends a reader that sleeps', async () => {
  const log = createRingLog<number>(2)
  const abort = live()
  const sleeping = log.read(0, abort.signal).next()
  abort.abort()
  expect(await sleeping).toEqual({ done: true, value: undefined })
})

test('a log keeps at least one value', () => {
  expect(() => createRingLog(0)).toThrow('at least 1')
})

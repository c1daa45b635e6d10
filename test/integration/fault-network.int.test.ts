import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { DatabaseState } from '#shared/health.ts'
import { urlOf } from '../helpers/database-url.ts'
import { makeBoard, makeTasks, refusalOf } from '../helpers/factories.ts'
import { type FaultyNetwork, openFaultyNetwork } from '../helpers/faulty-network.ts'
import { openTestApp, type TestApp } from '../helpers/test-app.ts'

/** Beside the server; the other app reaches it through a network that fails. */
let near: TestApp
let far: TestApp
let network: FaultyNetwork
const ended: AsyncDisposable[] = []

beforeEach(async () => {
  near = await openTestApp()
  network = await openFaultyNetwork(near.connection)
  far = await openTestApp({ beside: near, env: { DATABASE_URL: urlOf(network.connection) } })
  ended.push(near, network, far)
})
afterEach(async () => {
  await network.mend()
  for (const part of ended.splice(0).reverse()) await part[Symbol.asyncDispose]()
})

/** Reads a stream on, one value at a time; it ends with the test. */
async function reader<T>(stream: Promise<unknown>): Promise<() => Promise<T>> {
  const iterator = ((await stream) as AsyncIterable<T>)[Symbol.asyncIterator]()
  ended.push({ [Symbol.asyncDispose]: async () => void iterator.return?.() })
  return async () => (await iterator.next()).value
}

const UNAVAILABLE = {
  code: 'SERVICE_UNAVAILABLE',
  detail: { error: 'DATABASE_UNAVAILABLE', message: expect.stringMatching(/nothing was changed/) },
}

describe.each(['reset', 'silence'] as const)('the network to a shared server is cut: %s', (how) => {
  test('the app says so, refuses changes at once, and catches up by itself', {
    timeout: 90_000,
  }, async () => {
    const { board, backlog } = await makeBoard(near)
    const nextState = await reader<DatabaseState>(far.api.system.onDatabase())
    expect(await nextState()).toEqual({ status: 'answers' })
    // From what is known on: without it the stream begins whenever its first question is answered.
    const { last_event_id: lastEventId } = await far.api.boards.get({ id: board.id })
    const nextEvent = await reader<[string, { type: string; data: { title: string } }]>(
      far.api.boards.onEvent({ boardId: board.id, lastEventId }),
    )
    const first = nextEvent()
    await makeTasks(near, board.id, backlog.id, ['Before'])
    expect((await first)[1]).toMatchObject({ type: 'task_created', data: { title: 'Before' } })
    const coming = nextEvent()

    await network.cut(how)
    const underWay = refusalOf(makeTasks(far, board.id, backlog.id, ['Under way']))
    expect(await nextState()).toEqual({
      status: 'lost',
      since: expect.any(Date),
      is_embedded: false,
      reason: UNAVAILABLE.detail.message,
    })
    expect(await underWay).toEqual(UNAVAILABLE)
    for (let index = 0; index < 50; index++) {
      expect(await refusalOf(makeTasks(far, board.id, backlog.id, ['Refused']))).toEqual(UNAVAILABLE)
    }
    expect(await far.api.system.health()).toMatchObject({ status: 'unhealthy', database: 'disconnected' })
    await makeTasks(near, board.id, backlog.id, ['Meanwhile'])

    await network.mend()
    expect(await nextState()).toEqual({ status: 'answers' })
    expect((await coming)[1]).toMatchObject({ type: 'task_created', data: { title: 'Meanwhile' } })
    await makeTasks(far, board.id, backlog.id, ['After'])
    const { tasks } = await near.api.boards.get({ id: board.id })
    expect(tasks.map((task) => task.title)).toEqual(['Before', 'Meanwhile', 'After'])
  })
})

test('looking now does not wait for the next try', async () => {
  const nextState = await reader<DatabaseState>(far.api.system.onDatabase())
  await nextState()
  await network.cut('reset')
  expect(await nextState()).toMatchObject({ status: 'lost' })
  expect(await far.api.system.lookForDatabase()).toMatchObject({ status: 'lost' })
  await network.mend()
  expect(await far.api.system.lookForDatabase()).toEqual({ status: 'answers' })
})

test('an app whose network is cut still ends', { timeout: 60_000 }, async () => {
  await network.cut('silence')
  await ended.pop()?.[Symbol.asyncDispose]()
  expect(await near.api.system.healthDb()).toEqual({ status: 'ok', database: 'connected' })
})

import { EventEmitter, once } from 'node:events'
import { expect, it } from 'vitest'
import { Shutdown } from '#electron/shutdown.ts'

it('closing twice at once closes each part once, in its order, and both wait for the end', async () => {
  const told: string[] = []
  const agents = new EventEmitter()
  const parts = new Shutdown(() => {})
  parts.defer(() => told.push('database'))
  parts.defer(async () => {
    await once(agents, 'stopped')
    told.push('agents')
  })
  const first = parts[Symbol.asyncDispose]()
  const second = parts[Symbol.asyncDispose]().then(() => told.push('second is done'))
  await new Promise((resolve) => setImmediate(resolve))
  expect(told).toEqual([])
  agents.emit('stopped')
  await Promise.all([first, second])
  expect(told).toEqual(['agents', 'database', 'second is done'])
})

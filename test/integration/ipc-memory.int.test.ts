import { afterEach, beforeEach, describe, test } from 'vitest'
import { type IpcSession, servePort } from '#electron/ipc/serve.ts'
import { allCases } from '../e2e/fixtures/ipc-app/cases/all.ts'
import { World } from '../e2e/fixtures/ipc-app/harness.ts'
import { TestHost, testRouter } from '../e2e/fixtures/ipc-app/host.ts'
import { memoryPorts } from '../helpers/memory-port.ts'

const host = new TestHost()
const sessions = new Set<IpcSession>()
let world: World

beforeEach(() => {
  host.reset()
  world = new World({
    async connect() {
      const [near, far] = memoryPorts()
      const { createContext, report, limits } = host
      const session = servePort({ router: testRouter, port: far, createContext, report, ...limits })
      sessions.add(session)
      session.signal.addEventListener('abort', () => sessions.delete(session))
      return near
    },
    host: {
      async facts() {
        const inFlight = [...sessions].reduce((sum, session) => sum + session.inFlight, 0)
        return { ...host.facts, sessions: sessions.size, inFlight }
      },
      limit: async (limits) => {
        host.limits = limits
      },
      set: async (switches) => host.set(switches),
      release: async () => host.release(),
      drop: async () => {
        for (const session of sessions) session.dispose()
      },
    },
  })
})

afterEach(() => {
  world.end()
  for (const session of sessions) session.dispose()
})

describe('the link over a port in memory', () => {
  test.for(allCases)('$name', async ({ run }) => {
    await run(world)
  })
})

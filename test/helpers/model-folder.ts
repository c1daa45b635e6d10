import { afterEach, beforeEach } from 'vitest'
import { type FakeModelServer, startFakeModelServer } from '../fake-model-server/server.ts'
import { temporaryFolder } from './git-fixture.ts'

interface ModelFolder {
  folder: string
  server: FakeModelServer
}

/** Gives each test of a file a folder and a model of its own, and takes both away after it. */
export function eachWithModel(take: (made: ModelFolder) => void): void {
  let close = async () => {}
  beforeEach(async () => {
    const { path: folder, remove } = await temporaryFolder()
    const server = await startFakeModelServer()
    close = async () => {
      await server.close()
      await remove()
    }
    take({ folder, server })
  })
  afterEach(() => close())
}

export const tool = (name: string, input: Record<string, unknown>) => ({ name, input })

/** The model calls these tools, one in each turn, and says that it is done. */
export function playTools(server: FakeModelServer, ...calls: readonly ReturnType<typeof tool>[]): void {
  server.play({ rules: [{ turns: [...calls.map((call) => ({ tools: [call] })), { text: 'Done.' }] }] })
}

import { MessageChannel } from 'node:worker_threads'
import type { AppContext } from '#electron/context.ts'
import { servePort } from '#electron/ipc/serve.ts'
import { memoryPort } from '../../helpers/memory-port.ts'
import { MemoryBoard } from './memory-board.ts'
import { memoryRouter } from './memory-router.ts'

let served = new MemoryBoard()

/** The board that the window of this test file talks to from now on. */
export function serveBoard(board: MemoryBoard): void {
  served = board
}

/** What the preload script gives a window: a port, with the real server of calls at its other end. */
export function installBridge(): void {
  const router = memoryRouter(() => served)
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const context = { newId: () => crypto.randomUUID(), log } as unknown as AppContext
  const connect = (nonce: string) => {
    const { port1, port2 } = new MessageChannel()
    servePort({ router, port: memoryPort(port1), createContext: () => context })
    const message = new MessageEvent('message', { data: { rangers: nonce } })
    Object.defineProperties(message, { source: { value: window }, ports: { value: [port2] } })
    window.dispatchEvent(message)
  }
  Object.assign(window, { rangers: { connect, versions: { app: '' } } })
}

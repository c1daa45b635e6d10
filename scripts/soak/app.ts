/**
 * One app of the soak: `app.mjs <options as JSON>`. The app's own composition without a window; what a window does (link,
 * snapshot, subscription, reducer) is done here by the window's own code. Ends with its standard input.
 */
import { createInterface } from 'node:readline'
import { createTRPCClient } from '@trpc/client'
import { type AppRouter, appRouter } from '#electron/api/router.ts'
import { loadConfig } from '#electron/config.ts'
import { servePort } from '#electron/ipc/serve.ts'
import { openApp } from '#electron/open-app.ts'
import { terminalDesktop } from '#electron/terminal/terminal-desktop.ts'
import { AppError } from '#shared/errors.ts'
import type { BoardId } from '#shared/ids.ts'
import { ipcLink } from '../../renderer/lib/ipc-link.ts'
import { PortClient } from '../../renderer/lib/port-client.ts'
import { memoryPorts } from '../../test/helpers/memory-port.ts'
import { BoardWindow, followBoard } from './board-window.ts'
import type { Order, SoakAppOptions, Word } from './lines.ts'
import { chanceOf } from './random.ts'
import { changeSomething, refusalCode, type Trash } from './writer.ts'

const MOST_UNDER_WAY = 10
/** What may happen to a person's change when others change the same, or while the server restarts. */
const EXPECTED = new Set(['CONFLICT', 'NOT_FOUND', 'SERVICE_UNAVAILABLE'])

const options = JSON.parse(process.argv[2] ?? '{}') as SoakAppOptions
const say = (word: Word): void => void process.stdout.write(`${JSON.stringify(word)}\n`)
process.stdin.once('close', () => process.exit(0))
await start().catch((error: unknown) => {
  const code = error instanceof AppError ? error.code : (refusalCode(error) ?? 'BUG')
  say({ say: 'not started', code, message: error instanceof Error ? (error.stack ?? '') : String(error) })
  process.exit(1)
})

async function start(): Promise<void> {
  const { databaseUrl, dataFolder, boards } = options
  const env = {
    DATABASE_URL: databaseUrl,
    RANGERS_DATA_DIR: dataFolder,
    DATABASE_POOL_SIZE: '4',
    LOG_LEVEL: 'info',
  }
  const app = await openApp({
    config: loadConfig({ env, cwd: dataFolder }),
    version: 'soak',
    root: process.cwd(),
    desktop: terminalDesktop,
    watchdog: null,
    signal: AbortSignal.timeout(60_000),
  })
  const client = new PortClient({
    connect: async () => {
      const [host, window] = memoryPorts()
      servePort({ router: appRouter, port: host, createContext: () => app.ctx })
      return window
    },
  })
  const api = createTRPCClient<AppRouter>({ links: [ipcLink({ client })] })
  const windows = new Map<BoardId, BoardWindow>()
  for (const board of boards) {
    const window = new BoardWindow(api, board, {
      opened: (after) => say({ say: 'opened', board, after }),
      seen: (ids) => say({ say: 'seen', by: 'window', board, ids }),
    })
    await window.open()
    windows.set(board, window)
    followBoard(api, board, options.readers[board] ?? '0', (lines) => {
      if (lines.some(({ data }) => data.type === 'snapshot_needed')) {
        say({ say: 'broken', message: `The reader of ${board} was told to read the board anew` })
      }
      say({ say: 'seen', by: 'reader', board, ids: lines.map(({ id }) => id) })
    })
  }
  const stopWriting = keepWriting(windows, (board, window, chance, trash, words) => {
    const { state } = window
    return state && changeSomething({ api, board, state, chance, trash, words })
  })
  say({ say: 'ready' })

  for await (const line of createInterface(process.stdin)) {
    const order = JSON.parse(line) as Order
    if (order.do === 'stop writing') {
      await stopWriting()
      say({ say: 'stopped' })
    } else if (order.do === 'settle') {
      for (const [board, window] of windows) {
        const drawing = await window.drawnAfter(order.until[board] ?? '0')
        say({ say: 'drawn', board, drawing })
      }
    } else {
      client.close()
      await app[Symbol.asyncDispose]()
      process.exit(0)
    }
  }
}

/** Changes at the wanted rate until the returned function is called, which waits for those under way. */
function keepWriting(
  windows: ReadonlyMap<BoardId, BoardWindow>,
  change: (
    board: BoardId,
    window: BoardWindow,
    chance: ReturnType<typeof chanceOf>,
    trash: Trash,
    words: string,
  ) => ReturnType<typeof changeSomething>,
): () => Promise<void> {
  const chance = chanceOf(options.seed)
  const trash = new Map<BoardId, Trash>(options.boards.map((board) => [board, { tasks: [], columns: [] }]))
  const underWay = new Set<Promise<void>>()
  let count = 0
  const timer = setInterval(() => {
    const board = chance.pick(options.boards)
    const window = board && windows.get(board)
    const bin = board && trash.get(board)
    if (!window || !bin) return
    if (underWay.size >= MOST_UNDER_WAY) return say({ say: 'skipped' })
    count += 1
    const work = change(board, window, chance, bin, `${options.name} writes ${count}`)
    if (!work) return
    const reported: Promise<void> = work
      .then(
        (done) => say({ say: 'done', ...done }),
        (error: unknown) => {
          const code = refusalCode(error)
          if (code && EXPECTED.has(code)) say({ say: 'refused', code })
          else say({ say: 'broken', message: `${code}: ${error instanceof Error ? error.stack : error}` })
        },
      )
      .finally(() => underWay.delete(reported))
    underWay.add(reported)
  }, 1000 / options.perSecond)
  return async () => {
    clearInterval(timer)
    while (underWay.size > 0) await Promise.all(underWay)
  }
}

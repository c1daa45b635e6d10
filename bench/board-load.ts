import { createTRPCClient } from '@trpc/client'
import { type AppRouter, appRouter } from '#electron/api/router.ts'
import { servePort } from '#electron/ipc/serve.ts'
import type { App } from '#electron/open-app.ts'
import type { BoardId } from '#shared/ids.ts'
import { ipcLink } from '../renderer/lib/ipc-link.ts'
import { PortClient } from '../renderer/lib/port-client.ts'
import { memoryPorts } from '../test/helpers/memory-port.ts'
import { atMost, type Bench } from './row.ts'
import { withScratchApp } from './scratch-app.ts'
import { median } from './statistics.ts'

const CARDS = 1000
const ROUNDS = 60
const WARM_UP = 10

/** A board through router, service and link, against the bare statements on the same pool, in turns. */
export const bench: Bench = ({ signal }) =>
  withScratchApp(signal, async (app) => {
    const { ours, bare } = await measure(app, await fillBoard(app))
    return [
      atMost(3, {
        id: 'board.load',
        what: 'board of 1,000 cards, p50: our call / bare SQL',
        unit: 'x',
        value: median(ours) / median(bare),
        note: `${median(ours).toFixed(2)} / ${median(bare).toFixed(2)} ms`,
      }),
    ]
  })

async function fillBoard({ ctx }: App): Promise<BoardId> {
  const api = appRouter.createCaller(ctx)
  const board = await api.boards.create({ name: 'Bench', template: 'development' })
  const { columns } = await api.boards.get({ id: board.id })
  for (let index = 0; index < CARDS; index += 1) {
    const column = columns[index % columns.length]
    if (!column) throw new Error('The template has no columns')
    const title = `Card ${index} with a title of about forty-five characters`.slice(0, 60)
    await api.tasks.create({ board_id: board.id, column_id: column.id, title, description: 'x'.repeat(125) })
  }
  return board.id
}

async function measure(app: App, id: BoardId): Promise<{ ours: number[]; bare: number[] }> {
  const connection = new PortClient({
    connect: async () => {
      const [host, window] = memoryPorts()
      servePort({ router: appRouter, port: host, createContext: () => app.ctx })
      return window
    },
  })
  const api = createTRPCClient<AppRouter>({ links: [ipcLink({ client: connection })] })
  const { pool } = app
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    const withLink = await timed(() => api.boards.get.query({ id }))
    const withoutAnything = await timed(async () => {
      await pool.query('SELECT * FROM boards WHERE id = $1', [id])
      await pool.query('SELECT * FROM columns WHERE board_id = $1 ORDER BY "order", created_at, id', [id])
      await pool.query('SELECT * FROM tasks WHERE board_id = $1 ORDER BY "order", created_at, id', [id])
    })
    if (round < WARM_UP) continue
    ours.push(withLink)
    bare.push(withoutAnything)
  }
  connection.close()
  return { ours, bare }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

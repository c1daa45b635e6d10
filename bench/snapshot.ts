import type { Pool } from 'pg'
import { appRouter } from '#electron/api/router.ts'
import type { App } from '#electron/open-app.ts'
import { BoardId } from '#shared/ids.ts'
import { atMost, type Bench } from './row.ts'
import { withScratchApp } from './scratch-app.ts'
import { median } from './statistics.ts'

const CARDS = 5000
const ROUNDS = 40
const WARM_UP = 8

/** A board of 5,000 cards through the router, against the bare statements for the same rows on the same pool, in turns. */
export const bench: Bench = ({ signal }) =>
  withScratchApp(signal, async (app) => {
    const { ours, bare } = await measure(app, await fillBoard(app))
    return [
      atMost(2, {
        id: 'board.snapshot',
        what: 'board of 5,000 cards, p50: our call / bare SQL',
        unit: 'x',
        value: median(ours) / median(bare),
        note: `${median(ours).toFixed(1)} / ${median(bare).toFixed(1)} ms`,
      }),
    ]
  })

async function fillBoard({ ctx, pool }: App): Promise<BoardId> {
  const api = appRouter.createCaller(ctx)
  const board = await api.boards.create({ name: 'Bench', template: 'development' })
  await insertCards(pool, board.id, CARDS)
  return BoardId.parse(board.id)
}

/** Cards in all columns of a board, at once and without events. */
export async function insertCards(pool: Pool, boardId: string, count: number): Promise<void> {
  await pool.query(
    `INSERT INTO tasks (board_id, column_id, number, title, description, "order")
     SELECT $1::uuid, ids[1 + n % array_length(ids, 1)], n, format('Card %s with a title of about forty-five characters', n),
       repeat('x', 125), n
     FROM generate_series(1, $2::int) AS n, (SELECT array_agg(id ORDER BY "order") AS ids FROM columns WHERE board_id = $1) c`,
    [boardId, count],
  )
  await pool.query('UPDATE boards SET next_task_number = $2 WHERE id = $1', [boardId, count + 1])
  await pool.query('ANALYZE')
}

async function measure({ ctx, pool }: App, id: BoardId): Promise<{ ours: number[]; bare: number[] }> {
  const api = appRouter.createCaller(ctx)
  const ours: number[] = []
  const bare: number[] = []
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    const throughRouter = await timed(async () => (await api.boards.get({ id })).tasks.length)
    const withoutAnything = await timed(async () => {
      await pool.query('SELECT * FROM boards WHERE id = $1', [id])
      await pool.query('SELECT * FROM columns WHERE board_id = $1 ORDER BY "order", created_at, id', [id])
      const { rows } = await pool.query(
        'SELECT * FROM tasks WHERE board_id = $1 ORDER BY "order", created_at, id',
        [id],
      )
      return rows.length
    })
    if (round < WARM_UP) continue
    ours.push(throughRouter)
    bare.push(withoutAnything)
  }
  return { ours, bare }
}

async function timed(work: () => Promise<number>): Promise<number> {
  const start = performance.now()
  if ((await work()) !== CARDS) throw new Error('The board does not have its cards')
  return performance.now() - start
}

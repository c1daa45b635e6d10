import type { Pool } from 'pg'
import { appRouter } from '#electron/api/router.ts'
import type { App } from '#electron/open-app.ts'
import type { Column } from '#shared/column.ts'
import type { Task } from '#shared/task.ts'
import { atMost, type Bench } from './row.ts'
import { withScratchApp } from './scratch-app.ts'

const WRITERS = 8
/** Seconds. The promise says thirty: BENCH_SECONDS=30 measures it so long. */
const LONG = Number(process.env.BENCH_SECONDS ?? 10)

/** Eight writers at once make and move cards in one column; then the database is asked whether all of it is there. */
export const bench: Bench = ({ signal }) =>
  withScratchApp(signal, async (app) => {
    const bare = await bareWrites(app.pool)
    const ours = await writes(app)
    const lost = await lostWrites(app.pool, ours)
    return [
      atMost(0, {
        id: 'writers.lost',
        what: `writes that failed, are missing, or share a place, of ${WRITERS} writers in one column for ${LONG} s`,
        unit: 'writes',
        value: ours.errors + lost,
        note: `${ours.errors} errors, ${lost} lost or doubled, of ${ours.count}`,
      }),
      atMost(5, {
        id: 'writers.rate',
        what: 'bare INSERT + COMMIT of as many clients / our creates and moves, per second',
        unit: 'x',
        value: bare / (ours.count / LONG),
        note: `${Math.round(bare)} / ${Math.round(ours.count / LONG)} a second`,
      }),
    ]
  })

interface Written {
  /** What each writer was told last of each of its cards. */
  told: Task[]
  column: Column
  count: number
  errors: number
}

async function writes({ ctx }: App): Promise<Written> {
  const api = appRouter.createCaller(ctx)
  const board = await api.boards.create({ name: 'Bench', template: 'development' })
  const column = (await api.boards.get({ id: board.id })).columns.find((one) => !one.triggers_agents)
  if (!column) throw new Error('The template has columns')
  const written: Written = { told: [], column, count: 0, errors: 0 }
  const end = performance.now() + LONG * 1000
  const write = async () => {
    const own: Task[] = []
    for (let index = 0; performance.now() < end; index += 1) {
      const card = own[index % 7]
      try {
        if (card && index % 2 === 0) {
          const { id, version } = card
          const order = await middleOf(own)
          own[index % 7] = await api.tasks.move({ id, version, column_id: column.id, order })
        } else
          own.push(await api.tasks.create({ board_id: board.id, column_id: column.id, title: 'Written' }))
        written.count += 1
      } catch {
        written.errors += 1
      }
    }
    written.told.push(...own)
  }
  await Promise.all(Array.from({ length: WRITERS }, write))
  return written
}

/** A place between two cards that no other writer takes as well. */
async function middleOf(cards: readonly Task[]): Promise<number> {
  const [a, b] = [cards.at(-1)?.order ?? 1, cards.at(-2)?.order ?? 0]
  return a + (b - a) * Math.random()
}

/** Cards that are not as their writers were told, and places that two cards have. */
async function lostWrites(pool: Pool, { told, column }: Written): Promise<number> {
  const { rows } = await pool.query<{ id: string; version: number; order: number }>(
    'SELECT id, version, "order" FROM tasks WHERE column_id = $1',
    [column.id],
  )
  const stored = new Map(rows.map((row) => [row.id, row]))
  const lost = told.filter(({ id, version }) => stored.get(id)?.version !== version).length
  const { rows: doubled } = await pool.query(
    'SELECT FROM tasks WHERE column_id = $1 GROUP BY "order" HAVING count(*) > 1',
    [column.id],
  )
  return lost + doubled.length + Math.abs(rows.length - told.length)
}

async function bareWrites(pool: Pool): Promise<number> {
  await pool.query('CREATE TABLE bench_writes (LIKE tasks INCLUDING DEFAULTS INCLUDING INDEXES)')
  const end = performance.now() + 2000
  let count = 0
  const write = async () => {
    const client = await pool.connect()
    try {
      while (performance.now() < end) {
        count += 1
        await client.query('BEGIN')
        await client.query(
          `INSERT INTO bench_writes (board_id, column_id, title, number, "order")
           VALUES (gen_random_uuid(), gen_random_uuid(), 'Written', $1::int, $1::int)`,
          [count],
        )
        await client.query('COMMIT')
      }
    } finally {
      client.release()
    }
  }
  await Promise.all(Array.from({ length: WRITERS }, write))
  return count / 2
}

import type { Pool } from 'pg'
import { appRouter } from '#electron/api/router.ts'
import type { App } from '#electron/open-app.ts'
import type { BoardId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import { atMost, type Bench, type BenchRow } from './row.ts'
import { withScratchApp } from './scratch-app.ts'
import { median, quantile } from './statistics.ts'

const SMALL = 100
const LARGE = 10_000
const ROUNDS = 300
const WARM_UP = 30

/** Creating and moving a card on a board of 10,000 against one of 100, and against a bare commit, in turns (perf.md, goal 7). */
export const bench: Bench = ({ signal }) =>
  withScratchApp(signal, async (app) => {
    const { bare, ...times } = await measure(app)
    return (['create', 'move'] as const).flatMap((name) => {
      const [small, large] = [times[`${name}_small`], times[`${name}_large`]]
      return [ratio(name, 0.5, large, small), ratio(name, 0.95, large, small), ...above(name, large, bare)]
    })
  })

function ratio(name: string, part: number, large: number[], small: number[]): BenchRow {
  const [of, by] = [quantile(large, part), quantile(small, part)]
  return atMost(part === 0.5 ? 1.2 : 1.5, {
    id: `mutation.${name}-large-p${part * 100}`,
    what: `${name} a card, p${part * 100}: board of ${LARGE.toLocaleString('en')} / of ${SMALL} cards`,
    unit: 'x',
    value: of / by,
    note: `${of.toFixed(2)} / ${by.toFixed(2)} ms`,
  })
}

function above(name: string, large: number[], bare: number[]): BenchRow[] {
  return [atMost(2, row(0.5)), atMost(3, row(0.95))]

  function row(part: number) {
    const [of, by] = [quantile(large, part), quantile(bare, part)]
    return {
      id: `mutation.${name}-above-p${part * 100}`,
      what: `${name} a card of ${LARGE.toLocaleString('en')}, p${part * 100}: our call - bare INSERT + COMMIT`,
      unit: 'ms',
      value: of - by,
      note: `${of.toFixed(2)} - ${by.toFixed(2)} ms; medians ${median(large).toFixed(2)}, ${median(bare).toFixed(2)}`,
    }
  }
}

const NAMES = ['bare', 'create_small', 'create_large', 'move_small', 'move_large'] as const

async function measure(app: App): Promise<Record<(typeof NAMES)[number], number[]>> {
  const [small, large] = [await openBoard(app, SMALL), await openBoard(app, LARGE)]
  await app.pool.query('CREATE TABLE bench_tasks (LIKE tasks INCLUDING DEFAULTS INCLUDING INDEXES)')
  await app.pool.query('ANALYZE')
  const works = {
    bare: (index: number) => insertBare(app.pool, small.id, index),
    create_small: small.create,
    create_large: large.create,
    move_small: small.move,
    move_large: large.move,
  }
  const times: Record<(typeof NAMES)[number], number[]> = {
    bare: [],
    create_small: [],
    create_large: [],
    move_small: [],
    move_large: [],
  }
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    for (const name of NAMES) {
      const start = performance.now()
      await works[name](round)
      if (round >= WARM_UP) times[name].push(performance.now() - start)
    }
    // So that the small board stays small.
    await app.pool.query(`DELETE FROM tasks WHERE title = 'New'`)
  }
  return times
}

/** A board of so many cards in six columns, written by SQL, and what is done to it. */
async function openBoard({ ctx, pool }: App, size: number) {
  const api = appRouter.createCaller(ctx)
  const { id } = await api.boards.create({ name: `Bench ${size}`, template: 'development' })
  const { columns } = await api.boards.get({ id })
  await pool.query(
    `INSERT INTO tasks (board_id, column_id, title, number, "order")
     SELECT $1, ($2::uuid[])[1 + i % cardinality($2::uuid[])], 'Card ' || i, i, i FROM generate_series(1, $3::int) i`,
    [id, columns.map((column) => column.id), size],
  )
  await pool.query('UPDATE boards SET next_task_number = $2 WHERE id = $1', [id, size + 1])
  const quiet = columns.filter((column) => !column.triggers_agents)
  const columnOf = (index: number) => {
    const column = quiet[index % quiet.length]
    if (!column) throw new Error('The template has columns')
    return column.id
  }
  const first = await api.tasks.create({ board_id: id, column_id: columnOf(0), title: 'Moved' })
  let card: Task = first
  return {
    id,
    create: async (index: number) => {
      await api.tasks.create({ board_id: id, column_id: columnOf(index), title: 'New' })
    },
    move: async (index: number) => {
      const { id: cardId, version } = card
      const order = (index % size) + 0.5
      card = await api.tasks.move({ id: cardId, version, column_id: columnOf(index + 1), order })
    },
  }
}

async function insertBare(pool: Pool, boardId: BoardId, index: number): Promise<void> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    await client.query(
      `INSERT INTO bench_tasks (board_id, column_id, title, number, "order")
       VALUES ($1, gen_random_uuid(), 'New', $2::int, $2::int)`,
      [boardId, index],
    )
    await client.query('COMMIT')
  } finally {
    client.release()
  }
}

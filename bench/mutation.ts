import { appRouter } from '#electron/api/router.ts'
import type { App } from '#electron/open-app.ts'
import type { Column } from '#shared/column.ts'
import type { Task } from '#shared/task.ts'
import { atMost, type Bench } from './row.ts'
import { withScratchApp } from './scratch-app.ts'
import { median } from './statistics.ts'

const CARDS = 200
const ROUNDS = 400
const WARM_UP = 50

/** A change with its event, activity and audit against BEGIN, INSERT of one such row, COMMIT on the same pool, in turns. */
export const bench: Bench = ({ signal }) =>
  withScratchApp(signal, async (app) => {
    const { bare, ...ours } = await measure(app)
    return Object.entries(ours).map(([name, times]) =>
      atMost(2, {
        id: `mutation.${name}`,
        what: `${name} a card, with event, activity and audit, p50: our call / bare INSERT + COMMIT`,
        unit: 'x',
        value: median(times) / median(bare),
        note: `${median(times).toFixed(2)} / ${median(bare).toFixed(2)} ms`,
      }),
    )
  })

async function measure({ ctx, pool }: App) {
  const api = appRouter.createCaller(ctx)
  const board = await api.boards.create({ name: 'Bench', template: 'development' })
  const { columns } = await api.boards.get({ id: board.id })
  const quiet = columns.filter((column) => !column.triggers_agents)
  const title = (index: number) => `Card ${index} with a title of about forty-five characters`
  const create = (column: Column | undefined, index: number): Promise<Task> => {
    if (!column) throw new Error('The template has columns')
    return api.tasks.create({ board_id: board.id, column_id: column.id, title: title(index) })
  }
  const cards: Task[] = []
  for (let index = 0; index < CARDS; index += 1) cards.push(await create(quiet[index % quiet.length], index))
  await pool.query('CREATE TABLE bench_tasks (LIKE tasks INCLUDING DEFAULTS INCLUDING INDEXES)')
  const works = {
    bare: async (index: number) => {
      const client = await pool.connect()
      try {
        await client.query('BEGIN')
        await client.query(
          `INSERT INTO bench_tasks (board_id, column_id, title, number, "order") VALUES ($1, $2, $3, $4, $5)`,
          [board.id, quiet[0]?.id, title(index), index, index],
        )
        await client.query('COMMIT')
      } finally {
        client.release()
      }
    },
    update: async (index: number) => {
      const id = cards[index % CARDS]?.id
      if (id) await api.tasks.update({ id, title: title(index) })
    },
    move: async (index: number) => {
      const card = cards[index % CARDS]
      const column = quiet[(index + 1) % quiet.length]
      if (!card || !column) return
      const { id, version } = card
      cards[index % CARDS] = await api.tasks.move({ id, version, column_id: column.id, order: index + 0.5 })
    },
    create: async (index: number) => {
      await create(quiet[index % quiet.length], index)
    },
  }
  const times: Record<keyof typeof works, number[]> = { bare: [], update: [], move: [], create: [] }
  for (let round = 0; round < ROUNDS + WARM_UP; round += 1) {
    for (const name of ['bare', 'update', 'move', 'create'] as const) {
      // The same card is read for its version before the clock starts, so that each of the three knows it.
      if (name === 'move') await refresh(round)
      const start = performance.now()
      await works[name](round)
      if (round >= WARM_UP) times[name].push(performance.now() - start)
    }
  }
  return times

  async function refresh(round: number): Promise<void> {
    const card = cards[round % CARDS]
    if (card) cards[round % CARDS] = await api.tasks.get({ id: card.id })
  }
}

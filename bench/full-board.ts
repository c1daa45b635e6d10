import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { appRouter } from '#electron/api/router.ts'
import type { App } from '#electron/open-app.ts'
import type { Task } from '#shared/task.ts'
import { awaitText, openWriter, windowSettings } from './events.ts'
import type { BenchContext } from './row.ts'
import { openWindowPage, type WindowPage } from './window-page.ts'

/** A board that was filled, in the database of a writer. */
export interface FullBoard {
  id: string
  first: Task
}

/** An app without a window, for as long as the work takes. */
export async function withWriter<T>(
  { signal }: BenchContext,
  work: (app: App, folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-bench-'))
  try {
    const app = await openWriter(folder, signal)
    try {
      return await work(app, folder)
    } finally {
      await app[Symbol.asyncDispose]()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** A board of six columns, of which the third holds two fifths of the cards. */
export async function fillBoard({ ctx, pool }: App, cards: number): Promise<FullBoard> {
  const api = appRouter.createCaller(ctx)
  const { id } = await api.boards.create({ name: `Board of ${cards}`, template: 'development' })
  for (const name of ['Ideas', 'Later']) await api.columns.create({ board_id: id, name })
  await pool.query('UPDATE columns SET triggers_agents = false WHERE board_id = $1', [id])
  await pool.query(
    `INSERT INTO tasks (board_id, column_id, number, title, description, "order")
     SELECT $1::uuid, ids[CASE WHEN n % 10 < 4 THEN 3 ELSE 1 + n % 6 END], n,
       format('Board %s card %s with a title of about fifty characters', $2::int, n), repeat('x', 400), n
     FROM generate_series(1, $2::int) AS n,
       (SELECT array_agg(id ORDER BY "order") AS ids FROM columns WHERE board_id = $1) c`,
    [id, cards],
  )
  await pool.query('UPDATE boards SET next_task_number = $2 WHERE id = $1', [id, cards + 1])
  await pool.query('ANALYZE')
  const { rows } = await pool.query<{ id: Task['id'] }>(
    `SELECT tasks.id FROM tasks JOIN columns ON columns.id = column_id
     WHERE tasks.board_id = $1 ORDER BY columns."order", tasks."order" LIMIT 1`,
    [id],
  )
  const [row] = rows
  if (!row) throw new Error('The board has no card')
  return { id, first: await api.tasks.get({ id: row.id }) }
}

/** A window of the built app on the writer's database, with a board that is on the screen and known to the last card. */
export async function openBoardPage(
  app: App,
  dataFolder: string,
  board: FullBoard,
  context: BenchContext,
): Promise<WindowPage> {
  const page = await openWindowPage('ours', windowSettings(app, dataFolder), context)
  await showBoard(page, board)
  return page
}

/** Goes to a board, and waits until it is drawn and all of its cards have come. */
export async function showBoard(page: WindowPage, { id, first }: FullBoard): Promise<void> {
  await page.evaluate(`void (location.hash = '#/board/${id}')`)
  await page.evaluate(awaitText(first.title))
  await page.evaluate('window.seen')
  await page.evaluate(`new Promise((resolve) => {
    const look = () => (document.querySelector('[aria-busy="true"]') ? setTimeout(look, 50) : setTimeout(resolve, 300))
    look()
  })`)
}

import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { appRouter } from '#electron/api/router.ts'
import type { App } from '#electron/open-app.ts'
import { windowSettings } from './events.ts'
import { type FullBoard, showBoard, withWriter } from './full-board.ts'
import { callApp } from './page-call.ts'
import { atMost, type Bench } from './row.ts'
import { makeRepository } from './small-repository.ts'
import { median, quantile } from './statistics.ts'
import { heapOf } from './transcript-page.ts'
import { typeMeanwhile } from './typing.ts'
import { openWindowPage } from './window-page.ts'

const AT_ONCE = 20
/** How long they may take, seconds. */
const LONGEST = Number(process.env.BENCH_SECONDS ?? 60)

/** A window whose app runs twenty executions of the demo at once, with their board in view, while somebody types. */
export const bench: Bench = (context) =>
  withWriter(context, async (app, folder) => {
    const board = await makeBoard(app, await makeRepository(folder))
    const data = path.join(folder, 'window')
    await mkdir(data)
    await writeFile(path.join(data, 'preferences.json'), JSON.stringify({ most_executions: AT_ONCE }))
    const env = { ...windowSettings(app, data), RANGERS_DEFAULT_PROVIDER: 'scripted' }
    const page = await openWindowPage('ours', env, context)
    try {
      await showBoard(page, board)
      await page.loopDelay()
      const isOver = new AbortController()
      const typing = typeMeanwhile(page, { letters: LONGEST * 12, until: isOver.signal })
      const { refused } = await callApp<{ refused: { message: string }[] }>(
        page,
        'mutation',
        'executions.startMany',
        { task_ids: board.cards },
      )
      if (refused[0]) throw new Error(refused[0].message)
      const seen = await untilEnded(app, board)
      isOver.abort()
      const { delays, lost } = await typing
      const loop = await page.loopDelay()
      const heap = await heapOf(page)
      return [
        atMost(100, {
          id: 'agents.typing',
          what: `key press to its pixels while ${AT_ONCE} executions run, p95`,
          unit: 'ms',
          value: quantile(delays, 0.95),
          note: `${delays.length} keys, ${lost} lost; p50 ${median(delays).toFixed(0)} ms; up to ${seen.most} ran at once`,
        }),
        atMost(50, {
          id: 'agents.loop',
          what: 'event loop of the main process meanwhile: delay p99',
          unit: 'ms',
          value: loop.p99,
          note: `p50 ${loop.p50.toFixed(1)} ms, longest ${loop.max.toFixed(0)} ms`,
        }),
        atMost(200, {
          id: 'agents.heap',
          what: 'heap of the window afterwards',
          unit: 'MB',
          value: heap,
          note: `${seen.completed} of ${AT_ONCE} completed in ${seen.seconds.toFixed(0)} s`,
        }),
        atMost(0, {
          id: 'agents.open',
          what: `executions that have not completed within ${LONGEST} s`,
          unit: '',
          value: AT_ONCE - seen.completed,
          note: seen.why ?? '',
        }),
      ]
    } finally {
      await page.close()
    }
  })

async function makeBoard({ ctx }: App, repo: string): Promise<FullBoard & { cards: string[] }> {
  const api = appRouter.createCaller(ctx)
  const { board } = await api.projects.open({ path: repo })
  const { columns, settings } = await api.boards.get({ id: board.id })
  await api.boards.update({ id: board.id, settings: { ...settings, permission_mode: 'full' } })
  const [column] = columns
  if (!column) throw new Error('The board has no column')
  const cards = []
  for (let number = 1; number <= AT_ONCE; number += 1)
    cards.push(
      await api.tasks.create({
        board_id: board.id,
        column_id: column.id,
        title: `Card ${number} for agents`,
      }),
    )
  const [first] = cards
  if (!first) throw new Error('The board has no card')
  return { id: board.id, first, cards: cards.map(({ id }) => id) }
}

async function untilEnded({ pool }: App, { cards }: { cards: string[] }) {
  const start = performance.now()
  for (let most = 0; ; await pause(500)) {
    const { rows } = await pool.query<{
      running: number
      completed: number
      active: number
      why: string | null
    }>(
      `SELECT count(*) FILTER (WHERE status = 'running')::int AS running,
         count(*) FILTER (WHERE status = 'completed')::int AS completed,
         min(error_message) FILTER (WHERE status <> 'completed') AS why,
         count(*) FILTER (WHERE status IN ('pending', 'running', 'awaiting_approval', 'awaiting_clarification'))::int AS active
       FROM executions WHERE task_id = ANY($1)`,
      [cards],
    )
    const [now] = rows
    const seconds = (performance.now() - start) / 1000
    most = Math.max(most, now?.running ?? 0)
    const completed = now?.completed ?? 0
    const isOver = most > 0 && now?.active === 0
    if (isOver || seconds > LONGEST) return { most, completed, seconds, why: now?.why ?? null }
  }
}

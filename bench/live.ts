import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { appRouter } from '#electron/api/router.ts'
import type { App } from '#electron/open-app.ts'
import { awaitText, watchCommits } from './events.ts'
import { floorTitle, openFloorPage } from './floor-page.ts'
import { type FullBoard, fillBoard, openBoardPage, withWriter } from './full-board.ts'
import { atMost, type Bench, type BenchContext, type BenchRow } from './row.ts'
import { median, quantile } from './statistics.ts'
import { collectGarbage, type WindowPage } from './window-page.ts'

const CARDS = 10_000
const SAMPLES = 120
const WARM_UP = 10
/** Between two samples, in milliseconds, so that they meet every phase of a frame. */
const GAP = [60, 260] as const
const EVENTS_PER_SECOND = 100
/** Seconds. The promise says a minute of each; BENCH_SECONDS=60 measures it so long. */
const LONG = Number(process.env.BENCH_SECONDS ?? 20)

/** A window with 10,000 cards while others work on its board: how soon it shows what they do, and what it costs. */
export const bench: Bench = (context) =>
  withWriter(context, async (app, folder) => {
    const board = await fillBoard(app, CARDS)
    const floor = await measureFloor(app, path.join(folder, 'floor'), context)
    const page = await openBoardPage(app, path.join(folder, 'ours'), board, context)
    try {
      const ours = await paintDelays(page, board.first.title, await updater(app, board))
      return [...delayRows(ours, floor), ...(await underLoad(app, board, page))]
    } finally {
      await page.close()
    }
  })

function delayRows(ours: number[], floor: number[]): BenchRow[] {
  const [value, anchor] = [quantile(ours, 0.95), quantile(floor, 0.95)]
  const note = `p50 ${median(ours)} / ${median(floor)} ms, p95 ${value} / ${anchor} ms`
  return [
    atMost(50, {
      id: 'live.paint',
      what: 'a change by another client, committed, to its pixels among 10,000 cards, p95',
      unit: 'ms',
      value,
      note,
    }),
    atMost(1.5, { id: 'live.floor', what: 'the same: ours / floor', unit: 'x', value: value / anchor, note }),
  ]
}

/** Changes a title; gives the time of day at which the commit was asked for. */
type Change = (title: string) => Promise<number>

async function updater(app: App, { first }: FullBoard): Promise<Change> {
  const api = appRouter.createCaller(app.ctx)
  const commits = watchCommits(app)
  return async (title) => {
    await api.tasks.update({ id: first.id, title })
    return commits.last()
  }
}

async function measureFloor(app: App, dataFolder: string, context: BenchContext): Promise<number[]> {
  const page = await openFloorPage(app, dataFolder, CARDS, context)
  try {
    return await paintDelays(page, floorTitle(6), async (title) => {
      const at = Date.now()
      await app.pool.query(
        `WITH changed AS (UPDATE floor_cards SET title = $1 WHERE id = 6 RETURNING id)
         SELECT pg_notify('floor', id::text) FROM changed`,
        [title],
      )
      return at
    })
  } finally {
    await page.close()
  }
}

/** From each commit to the frame that shows it, in milliseconds. */
async function paintDelays(page: WindowPage, shown: string, change: Change): Promise<number[]> {
  await page.evaluate(awaitText(shown))
  await page.evaluate('window.seen')
  const delays: number[] = []
  for (let count = -WARM_UP; count < SAMPLES; count += 1) {
    await pause(GAP[0] + Math.random() * (GAP[1] - GAP[0]))
    const title = `Seen ${count} of ${SAMPLES}`
    await page.evaluate(awaitText(title))
    const committed = await change(title)
    const painted = await page.evaluate<number>('window.seen')
    if (count >= 0) delays.push(painted - committed)
  }
  return delays
}

/** A hundred changes a second, while somebody writes. */
async function underLoad(app: App, board: FullBoard, page: WindowPage): Promise<BenchRow[]> {
  const api = appRouter.createCaller(app.ctx)
  const { rows } = await app.pool.query<{ id: FullBoard['first']['id'] }>(
    'SELECT id FROM tasks WHERE board_id = $1 ORDER BY number LIMIT 500',
    [board.id],
  )
  await collectGarbage(page)
  const heap = await page.evaluate<number>(HEAP)
  const letters = LONG * 4
  await page.evaluate(WATCH_TYPING)
  const end = performance.now() + LONG * 1000
  let sent = 0
  const changing = (async () => {
    const start = performance.now()
    while (performance.now() < end) {
      const due = ((performance.now() - start) / 1000) * EVENTS_PER_SECOND
      const jobs = rows.slice(0, Math.max(0, Math.floor(due - sent)))
      for (const [index, { id }] of jobs.entries()) {
        await api.tasks.update({
          id: rows[(sent + index) % rows.length]?.id ?? id,
          title: `Load ${sent + index}`,
        })
      }
      sent += jobs.length
      await pause(5)
    }
  })()
  const typed = Array.from({ length: letters }, (_, index) => String.fromCharCode(97 + (index % 26)))
  await page.input(
    typed.flatMap((keyCode) => [
      { type: 'keyDown' as const, keyCode },
      { type: 'char' as const, keyCode },
      { type: 'keyUp' as const, keyCode },
    ]),
    1000 / 12,
  )
  await changing
  await pause(1000)
  const { text, delays } = await page.evaluate<{ text: string; delays: number[] }>(TYPED)
  await collectGarbage(page)
  const heapAfter = await page.evaluate<number>(HEAP)
  return [
    atMost(0, {
      id: 'live.dropped',
      what: `keys that are lost at ${EVENTS_PER_SECOND} changes a second, over ${LONG} s`,
      unit: 'keys',
      value: text === typed.join('') ? 0 : Math.max(1, letters - text.length),
      note: `${letters} typed, ${Math.round(sent / LONG)} changes/s`,
    }),
    atMost(100, {
      id: 'live.typing',
      what: 'key press to its pixels meanwhile, p98',
      unit: 'ms',
      value: quantile(delays, 0.98),
      note: `p50 ${median(delays).toFixed(0)} ms`,
    }),
    atMost(1.15, {
      id: 'live.heap',
      what: 'heap of the page after / before',
      unit: 'x',
      value: heapAfter / heap,
      note: `${heapAfter.toFixed(1)} / ${heap.toFixed(1)} MB`,
    }),
  ]
}

const HEAP = 'performance.memory.usedJSHeapSize / 1e6'

/** A field over the board that takes the keys. */
const WATCH_TYPING = `void (() => {
  const field = document.createElement('textarea')
  field.id = 'bench-field'
  field.style.cssText = 'position: fixed; bottom: 0; right: 0; z-index: 9999'
  document.body.append(field)
  field.focus()
  window.delays = []
  field.addEventListener('keydown', (event) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel()
      port1.onmessage = () => delays.push(performance.now() - event.timeStamp)
      port2.postMessage(null)
    })
  })
})()`

const TYPED = `(() => {
  const field = document.querySelector('#bench-field')
  const text = field.value
  field.remove()
  return { text, delays }
})()`

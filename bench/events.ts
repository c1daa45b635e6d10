import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import pg from 'pg'
import { StatementBatch } from '#db/statement-batch.ts'
import { appRouter } from '#electron/api/router.ts'
import { loadConfig } from '#electron/config.ts'
import { type App, openApp } from '#electron/open-app.ts'
import { terminalDesktop } from '#electron/terminal/terminal-desktop.ts'
import type { Task } from '#shared/task.ts'
import { urlOf } from '../test/helpers/database-url.ts'
import { atMost, type Bench, type BenchContext } from './row.ts'
import { insertCards } from './snapshot.ts'
import { median, quantile } from './statistics.ts'
import { openWindowPage, type WindowPage } from './window-page.ts'

const CARDS = 1000
const SAMPLES = 150
const WARM_UP = 10
/** Between two samples, in milliseconds, so that they meet every phase of a frame. */
const GAP = [30, 180] as const

/**
 * From a commit in this process to the pixels of a window in another one, against a bare LISTEN/NOTIFY hop on the same
 * server plus one paint of an empty window. The figure against a paint of that very window stands beside it: the same text on
 * the same card, set by hand.
 */
export const bench: Bench = async (context) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-bench-'))
  const empty = await emptyPaints(path.join(folder, 'empty'), context)
  const app = await openWriter(folder, context.signal)
  try {
    const page = await openWindowPage('ours', windowSettings(app, path.join(folder, 'window')), context)
    try {
      const { ours, hops, paints } = await measure(app, page)
      const bareWith = (paint: readonly number[]) =>
        hops.map((hop, index) => hop + (paint[index] ?? Number.NaN))
      const bare = bareWith(empty)
      const [value, anchor, own] = [ours, bare, bareWith(paints)].map((times) => quantile(times, 0.95))
      if (!value || !anchor || !own) throw new Error('Nothing was measured')
      return [
        atMost(3, {
          id: 'event.paint',
          what: 'commit to another process’s window, p95: ours / NOTIFY hop + paint',
          unit: 'x',
          value: value / anchor,
          note: `${value.toFixed(1)} / ${anchor.toFixed(1)} ms; p50 ${median(ours).toFixed(1)} / ${median(bare).toFixed(1)} ms; with a paint of the same window ${(value / own).toFixed(1)} x`,
        }),
      ]
    } finally {
      await page.close()
    }
  } finally {
    await app[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  }
}

/** An app without a window, on a database of its own. */
export async function openWriter(folder: string, signal: AbortSignal): Promise<App> {
  const env = { RANGERS_DATA_DIR: path.join(folder, 'writer'), LOG_LEVEL: 'warn' }
  const config = loadConfig({ env, cwd: folder })
  const root = process.cwd()
  return openApp({ config, version: 'bench', root, desktop: terminalDesktop, watchdog: null, signal })
}

/** The window's app is another one, on the server of the first. */
export function windowSettings({ pool }: App, dataFolder: string): Record<string, string> {
  const { host, port, user, database, password } = pool.options
  const connection = { host, port, user, database, password } as pg.ClientConfig
  return { RANGERS_DATA_DIR: dataFolder, DATABASE_URL: urlOf(connection), LOG_LEVEL: 'warn' }
}

/** After the frame in which the page's next pixels are drawn. */
export const PAINTED = `new Promise((resolve) => requestAnimationFrame(() => {
  const { port1, port2 } = new MessageChannel()
  port1.onmessage = () => resolve()
  port2.postMessage(null)
}))`

async function emptyPaints(dataFolder: string, context: BenchContext): Promise<number[]> {
  const page = await openWindowPage('empty', { RANGERS_DATA_DIR: dataFolder }, context)
  try {
    return await paintTimes(page, `document.querySelector('p').firstChild`)
  } finally {
    await page.close()
  }
}

/** How long it takes until a text that is set by hand is on the screen, milliseconds. */
async function paintTimes(page: WindowPage, textNode: string): Promise<number[]> {
  return await page.evaluate<number[]>(`(async () => {
    const times = []
    const place = ${textNode}
    for (let count = 0; count < ${SAMPLES + WARM_UP}; count += 1) {
      await new Promise((resolve) => setTimeout(resolve, ${GAP[0]} + Math.random() * ${GAP[1] - GAP[0]}))
      const start = performance.now()
      place.data = 'Seen ' + count
      await ${PAINTED}
      times.push(performance.now() - start)
    }
    return times.slice(${WARM_UP})
  })()`)
}

interface Measured {
  ours: number[]
  hops: number[]
  paints: number[]
}

async function measure(app: App, page: WindowPage): Promise<Measured> {
  const card = await showBoard(app, page)
  const api = appRouter.createCaller(app.ctx)
  const commits = watchCommits(app)
  const notify = await openHop(app)
  const ours: number[] = []
  const hops: number[] = []
  for (let count = -WARM_UP; count < SAMPLES; count += 1) {
    await pause(GAP[0] + Math.random() * (GAP[1] - GAP[0]))
    const hop = await notify.hop()
    const title = `Seen ${count}`
    await page.evaluate(awaitText(title))
    await api.tasks.update({ id: card.id, title })
    const painted = await page.evaluate<number>('window.seen')
    if (count < 0) continue
    hops.push(hop)
    ours.push(painted - commits.last())
  }
  await notify.close()
  const title = `document.evaluate('//*[@data-task-id="${card.id}"]//text()[starts-with(., "Seen")]', document, null, 9).singleNodeValue`
  return { ours, hops, paints: await paintTimes(page, title) }
}

/** A full board, open in the window; gives its first card. */
async function showBoard({ ctx, pool }: App, page: WindowPage): Promise<Task> {
  const api = appRouter.createCaller(ctx)
  const { id } = await api.boards.create({ name: 'Bench', template: 'development' })
  await insertCards(pool, id, CARDS)
  const [card] = (await api.boards.get({ id })).tasks
  if (!card) throw new Error('The board has no card')
  await page.evaluate(`void (location.hash = '#/board/${id}')`)
  await page.evaluate(awaitText(card.title))
  await page.evaluate('window.seen')
  return card
}

/** Makes `window.seen` the time of day at which a text is on the screen. */
export function awaitText(text: string): string {
  return `void (window.seen = new Promise((resolve) => {
    const look = () => {
      if (!document.body?.textContent.includes(${JSON.stringify(text)})) return
      observer.disconnect()
      ${PAINTED}.then(() => resolve(Date.now()))
    }
    const observer = new MutationObserver(look)
    observer.observe(document, { subtree: true, childList: true, characterData: true })
    look()
  }))`
}

/** When this process asked the server for its latest commit, as a time of day. */
export function watchCommits({ pool }: App): { last(): number } {
  let at = Number.NaN
  const watched = new WeakSet<pg.PoolClient>()
  pool.on('acquire', (client) => {
    if (watched.has(client)) return
    watched.add(client)
    const query = client.query.bind(client) as (...args: unknown[]) => unknown
    client.query = ((...args: unknown[]) => {
      if (textsOf(args[0]).some((text) => /^\s*commit/i.test(text))) at = Date.now()
      return query(...args)
    }) as typeof client.query
  })
  return { last: () => at }
}

/** Of a statement, or of several that are sent together. */
function textsOf(query: unknown): string[] {
  if (query instanceof StatementBatch) return query.statements
  const text = typeof query === 'string' ? query : (query as { text?: unknown } | undefined)?.text
  return typeof text === 'string' ? [text] : []
}

async function openHop({ pool }: App): Promise<{ hop(): Promise<number>; close(): Promise<void> }> {
  const [sender, listener] = [new pg.Client(pool.options), new pg.Client(pool.options)]
  await Promise.all([sender.connect(), listener.connect()])
  await listener.query('LISTEN bench')
  return {
    async hop() {
      const start = performance.now()
      const heard = new Promise((resolve) => listener.once('notification', resolve))
      await Promise.all([sender.query(`NOTIFY bench, 'a payload as long as a topic with its id'`), heard])
      return performance.now() - start
    },
    async close() {
      await Promise.all([sender.end(), listener.end()])
    },
  }
}

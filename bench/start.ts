import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { awaitText, openWriter, windowSettings } from './events.ts'
import { type FullBoard, fillBoard } from './full-board.ts'
import { graphicsLine } from './graphics.ts'
import { atMost, type Bench, type BenchContext } from './row.ts'
import { median } from './statistics.ts'

/** As `research/perf.md` asks for; fewer say more of the machine than of the app. */
const ROUNDS = 11
const CARDS = 100

/**
 * From the start of the process to the first paint of the window, and to a board of 100 cards in it: the built app
 * against an empty one, in turns; with PostgreSQL running already, and with its own that has to start as well. The app was
 * quit before, so it draws the board as it was left (ADR 35), and then as it is.
 */
export const bench: Bench = async (context) => {
  const data = await mkdtemp(path.join(tmpdir(), 'rangers-bench-'))
  try {
    const apps = {
      ours: await writeApp(path.join(context.cache, 'start-ours'), OURS),
      empty: await writeApp(path.join(context.cache, 'start-empty'), EMPTY + graphicsLine()),
    }
    const app = await openWriter(data, context.signal)
    const board = await fillBoard(app, CARDS)
    const near = windowSettings(app, path.join(data, 'window'))
    const running = await startTimes(apps, board, near, context).finally(() => app[Symbol.asyncDispose]())
    // The folder of the writer, whose server has ended with it.
    const own = { RANGERS_DATA_DIR: path.join(data, 'writer'), LOG_LEVEL: 'warn' }
    const starting = await startTimes(apps, board, own, context)
    return [
      atMost(1.5, {
        id: 'app.start',
        what: 'start to first paint, p50: the app / an empty one',
        unit: 'x',
        ...ratioOf(starting.paints, starting.empty),
      }),
      atMost(1.6, {
        id: 'app.start.board',
        what: `start to a drawn board of ${CARDS} cards, PostgreSQL runs, p50: the app / first paint of an empty one`,
        unit: 'x',
        ...ratioOf(running.cards, running.empty),
      }),
      atMost(3, {
        id: 'app.start.all',
        what: 'the same, PostgreSQL has to start too',
        unit: 'x',
        ...ratioOf(starting.cards, starting.empty),
      }),
      atMost(3, {
        id: 'app.start.answered',
        what: 'start until the app has told how that board is now, PostgreSQL runs, p50: the same',
        unit: 'x',
        ...ratioOf(running.answers, running.empty),
      }),
    ]
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}

function ratioOf(ours: readonly number[], empty: readonly number[]): { value: number; note: string } {
  const [value, anchor] = [median(ours), median(empty)]
  return { value: value / anchor, note: `${Math.round(value)} / ${Math.round(anchor)} ms` }
}

/** Milliseconds of each start: to the first paints, to the first card of the board, and until the app has told how it is. */
interface StartTimes {
  empty: number[]
  paints: number[]
  cards: number[]
  answers: number[]
}

async function startTimes(
  apps: { ours: string; empty: string },
  { id, first }: FullBoard,
  env: Record<string, string>,
  context: BenchContext,
): Promise<StartTimes> {
  const ask = `${awaitText(first.title)}; Promise.all([${FIRST_PAINT}, window.seen, ${ANSWERED}])`
  // After the first start the app opens what it showed last by itself.
  await paintTimes(apps.ours, `location.hash = '#/board/${id}'; ${ask}`, env, context)
  const times: StartTimes = { empty: [], paints: [], cards: [], answers: [] }
  for (let round = 0; round < ROUNDS; round += 1) {
    const [empty = Number.NaN] = await paintTimes(apps.empty, `Promise.all([${FIRST_PAINT}])`, env, context)
    const [paint = Number.NaN, shown = Number.NaN, answered = Number.NaN] = await paintTimes(
      apps.ours,
      ask,
      env,
      context,
    )
    times.empty.push(empty)
    times.paints.push(paint)
    times.cards.push(shown)
    times.answers.push(answered)
  }
  return times
}

const MARK = 'PAINTED '
/** The page's own word for it, as a time of day. */
const FIRST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(performance.timeOrigin + list.getEntries()[0].startTime))
    .observe({ type: 'paint', buffered: true })
})`
/** By the mark that the app leaves in the timeline of its page. */
const ANSWERED = `new Promise((resolve) => {
  const tell = (list) => list.getEntriesByName('rangers:answered').forEach((mark) => resolve(performance.timeOrigin + mark.startTime))
  new PerformanceObserver(tell).observe({ type: 'mark', buffered: true })
})`
const REPORT = `app.on('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', async () => {
    const times = await window.webContents.executeJavaScript(process.env.BENCH_ASK)
    process.stdout.write('${MARK}' + JSON.stringify(times) + '\\n')
    app.quit()
  })
})`
const OURS = `import { app } from 'electron'
${REPORT}
await import(${JSON.stringify(pathToFileURL(path.resolve('out/main/main.js')).href)})
`
const EMPTY = `import { app, BrowserWindow } from 'electron'
import path from 'node:path'
app.setPath('userData', path.join(process.env.RANGERS_DATA_DIR, 'empty'))
${REPORT}
void app.whenReady().then(() => {
  const window = new BrowserWindow({ width: 1280, height: 800 })
  void window.loadURL('data:text/html,<title>empty</title><p>empty')
})
app.on('window-all-closed', () => app.quit())
`

async function writeApp(folder: string, main: string): Promise<string> {
  await mkdir(folder, { recursive: true })
  await writeFile(
    path.join(folder, 'package.json'),
    '{ "name": "bench-start", "type": "module", "main": "main.js" }',
  )
  await writeFile(path.join(folder, 'main.js'), main)
  return folder
}

/** The page's answers, in milliseconds from the start; resolves when the process has ended as well, so that no two share the machine. */
async function paintTimes(
  folder: string,
  ask: string,
  settings: Record<string, string>,
  { electron, signal }: BenchContext,
): Promise<number[]> {
  const [program = 'electron', ...args] = electron
  const env = { ...process.env, ...settings, BENCH_ASK: ask }
  const start = Date.now()
  const child = spawn(program, [...args, folder], { signal, env, stdio: ['ignore', 'pipe', 'ignore'] })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output += String(chunk)
  })
  await new Promise((resolve, reject) => {
    child.once('close', resolve)
    child.once('error', reject)
  })
  const [, painted] = output.match(/PAINTED (\[.*\])/) ?? []
  if (painted === undefined) throw new Error(`The app in ${folder} ended before it painted anything`)
  return (JSON.parse(painted) as number[]).map((time) => time - start)
}

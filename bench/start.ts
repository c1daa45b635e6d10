import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { atMost, type Bench, type BenchContext } from './row.ts'
import { median } from './statistics.ts'

const ROUNDS = 9

/** From the start of the process to the first paint of the window: the built app against an empty one, in turns. */
export const bench: Bench = async (context) => {
  const data = await mkdtemp(path.join(tmpdir(), 'rangers-bench-'))
  try {
    const ours = await writeApp(path.join(context.cache, 'start-ours'), OURS)
    const empty = await writeApp(path.join(context.cache, 'start-empty'), EMPTY)
    await paintTime(ours, data, context) // the first start of all makes the database
    const times: { ours: number[]; empty: number[] } = { ours: [], empty: [] }
    for (let round = 0; round < ROUNDS; round += 1) {
      times.empty.push(await paintTime(empty, data, context))
      times.ours.push(await paintTime(ours, data, context))
    }
    return [
      atMost(1.5, {
        id: 'app.start',
        what: 'start to first paint, p50: the app / an empty one',
        unit: 'x',
        value: median(times.ours) / median(times.empty),
        note: `${Math.round(median(times.ours))} / ${Math.round(median(times.empty))} ms`,
      }),
    ]
  } finally {
    await rm(data, { recursive: true, force: true })
  }
}

const MARK = 'PAINTED '
/** The page's own word for it, as a time of day. */
const FIRST_PAINT = `new Promise((resolve) => {
  new PerformanceObserver((list) => resolve(performance.timeOrigin + list.getEntries()[0].startTime))
    .observe({ type: 'paint', buffered: true })
})`
const REPORT = `app.on('browser-window-created', (_event, window) => {
  window.webContents.once('dom-ready', async () => {
    const time = await window.webContents.executeJavaScript(${JSON.stringify(FIRST_PAINT)})
    process.stdout.write('${MARK}' + time + '\\n')
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

/** Milliseconds; resolves when the process has ended as well, so that no two share the machine. */
async function paintTime(folder: string, data: string, { electron, signal }: BenchContext): Promise<number> {
  const [program = 'electron', ...args] = electron
  const env = { ...process.env, RANGERS_DATA_DIR: data }
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
  const [, painted] = output.match(/PAINTED ([\d.]+)/) ?? []
  if (painted === undefined) throw new Error(`The app in ${folder} ended before it painted anything`)
  return Number(painted) - start
}

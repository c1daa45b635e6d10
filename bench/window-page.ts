import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { graphicsLine } from './graphics.ts'
import type { BenchContext } from './row.ts'

/** The page of a window in another process. */
export interface WindowPage {
  /** Runs an expression in the page, and gives what it, or its promise, becomes. */
  evaluate<T>(expression: string): Promise<T>
  /** Sends mouse and keys as the system would, so many milliseconds apart. */
  input(events: readonly InputEvent[], gap: number): Promise<void>
  /** Seconds of processor time that all processes of the app have used so far. */
  processorTime(): Promise<number>
  /** How late the main process came to its work since this was asked last, milliseconds; the first answer is empty. */
  loopDelay(): Promise<{ p50: number; p99: number; max: number }>
  close(): Promise<void>
}

/** As Electron's sendInputEvent takes it. */
export interface InputEvent {
  type: 'mouseDown' | 'mouseUp' | 'mouseMove' | 'keyDown' | 'char' | 'keyUp'
  x?: number
  y?: number
  button?: 'left'
  clickCount?: number
  keyCode?: string
  modifiers?: string[]
}

const MARK = 'ANSWER '

/** What answers us from within the app's main process. */
const ANSWERING = `
import { app } from 'electron'
import { readdir, readFile } from 'node:fs/promises'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
app.commandLine.appendSwitch('js-flags', '--expose-gc')
app.commandLine.appendSwitch('enable-precise-memory-info')
async function send({ webContents }, events, gap) {
  webContents.focus()
  for (const event of events) {
    webContents.sendInputEvent(event)
    await pause(gap)
  }
}
// Linux counts the nanoseconds of each thread; Electron's own figure is that of ticks, where it gives one at all.
const processorTime = async () => {
  const times = app.getAppMetrics().map(({ pid, cpu }) =>
    process.platform === 'linux' ? threadTimes('/proc/' + pid + '/task') : cpu.cumulativeCPUUsage ?? Number.NaN)
  return (await Promise.all(times)).reduce((sum, time) => sum + time, 0)
}
const threadTimes = async (folder) => {
  const texts = await Promise.all((await readdir(folder)).map((thread) =>
    readFile(folder + '/' + thread + '/schedstat', 'utf8').catch(() => '0')))
  return texts.reduce((sum, text) => sum + Number(text.split(' ')[0]) / 1e9, 0)
}
const RESOLUTION = 5
const loop = monitorEventLoopDelay({ resolution: RESOLUTION })
const loopDelay = () => {
  const late = (nanoseconds) => Math.max(0, nanoseconds / 1e6 - RESOLUTION)
  const seen = { p50: late(loop.percentile(50)), p99: late(loop.percentile(99)), max: late(loop.max) }
  loop.reset()
  loop.enable()
  return seen
}
const slower = Number(process.env.RANGERS_BENCH_THROTTLE ?? 1)
app.once('browser-window-created', (_event, window) => {
  if (slower > 1) {
    window.webContents.debugger.attach('1.3')
    void window.webContents.debugger.sendCommand('Emulation.setCPUThrottlingRate', { rate: slower })
  }
  const lines = createInterface(process.stdin)
  lines.on('line', async (line) => {
    const { id, expression, events, gap, wantsLoop } = JSON.parse(line)
    const work = events
      ? send(window, events, gap)
      : expression
        ? window.webContents.executeJavaScript(expression)
        : wantsLoop
          ? Promise.resolve(loopDelay())
          : processorTime()
    const answer = await work.then(
      (value) => ({ id, value }),
      (error) => ({ id, error: String(error) }),
    )
    process.stdout.write('${MARK}' + JSON.stringify(answer) + '\\n')
  })
  lines.on('close', () => app.quit())
})
`
const EMPTY = `
import { BrowserWindow } from 'electron'
app.setPath('userData', process.env.RANGERS_DATA_DIR)
void app.whenReady().then(() => {
  void new BrowserWindow({ width: 1280, height: 800 }).loadURL('data:text/html,<title>empty</title><p>empty')
})
app.on('window-all-closed', () => app.quit())
`
const importing = (file: string) =>
  `await import(${JSON.stringify(pathToFileURL(path.resolve(file)).href)})\n`
const mains = (cache: string) => ({
  ours: importing('out/main/main.js'),
  floor: importing(path.join(cache, 'floor/main.js')),
  empty: EMPTY,
})

/** Opens the built app, the floor (which has to be built), or an app whose window is empty. */
export async function openWindowPage(
  kind: keyof ReturnType<typeof mains>,
  env: Record<string, string>,
  { electron, cache, signal }: BenchContext,
): Promise<WindowPage> {
  const folder = path.join(cache, `window-${kind}`)
  await mkdir(folder, { recursive: true })
  await writeFile(
    path.join(folder, 'package.json'),
    JSON.stringify({ name: `bench-window-${kind}`, type: 'module', main: 'main.js' }),
  )
  const start = kind === 'ours' ? '' : graphicsLine()
  await writeFile(path.join(folder, 'main.js'), ANSWERING + start + mains(cache)[kind])
  const [program = 'electron', ...args] = electron
  const child = spawn(program, [...args, folder], {
    signal,
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'ignore'],
  })
  return pageOf(child)
}

function pageOf(child: ChildProcess): WindowPage {
  const { stdin, stdout } = child
  if (!stdin || !stdout) throw new Error('No pipes')
  const waiting = new Map<number, { resolve: (value: never) => void; reject: (error: Error) => void }>()
  let count = 0
  const failed = (error: Error) => {
    for (const { reject } of waiting.values()) reject(error)
  }
  child.once('error', failed)
  child.once('close', (code) => failed(new Error(`The window's app ended with ${code}`)))
  createInterface(stdout).on('line', (line) => {
    if (!line.startsWith(MARK)) return
    const { id, value, error } = JSON.parse(line.slice(MARK.length))
    const caller = waiting.get(id)
    waiting.delete(id)
    if (error === undefined) caller?.resolve(value as never)
    else caller?.reject(new Error(error))
  })
  const ask = <T>(question: object) =>
    new Promise<T>((resolve, reject) => {
      count += 1
      waiting.set(count, { resolve, reject })
      stdin.write(`${JSON.stringify({ id: count, ...question })}\n`)
    })
  return {
    evaluate: (expression) => ask({ expression }),
    input: (events, gap) => ask({ events, gap }),
    processorTime: () => ask({}),
    loopDelay: () => ask({ wantsLoop: true }),
    async close() {
      stdin.end()
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
    },
  }
}

/** Several times: what is freed by one collection frees more for the next. */
export async function collectGarbage(page: WindowPage): Promise<void> {
  await page.evaluate(`(async () => {
    for (let count = 0; count < 3; count += 1) {
      gc()
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
  })()`)
}

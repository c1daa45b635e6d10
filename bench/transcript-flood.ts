import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import path from 'node:path'
import { appRouter } from '#electron/api/router.ts'
import type { App } from '#electron/open-app.ts'
import { openEventLog } from '#electron/orchestrator/event-log.ts'
import { runCommand } from '#electron/platform/process.ts'
import type { ExecutionEventBody } from '#shared/execution-event.ts'
import { fillBoard, openBoardPage, withWriter } from './full-board.ts'
import { type RecordedLog, recordLog } from './recorded-log.ts'
import { atMost, type Bench } from './row.ts'
import { median } from './statistics.ts'
import { heapOf, openCard, openTranscript, until } from './transcript-page.ts'
import type { WindowPage } from './window-page.ts'

const LINES = 100_000
/** With its end, in bytes. */
const LINE = 91
const ROUNDS = 3
/** Places in the output that are looked for. */
const SAMPLES = 10

/** An agent that prints 100,000 lines as fast as it can, while its transcript is looked at. */
export const bench: Bench = (context) =>
  withWriter(context, async (app, folder) => {
    const program = path.join(folder, 'print.mjs')
    await writeFile(program, PRINT)
    const board = await fillBoard(app, 3)
    const { tasks } = await appRouter.createCaller(app.ctx).boards.get({ id: board.id as never })
    const [card] = tasks
    if (!card) throw new Error('The board has no card')
    const log = await recordLog(app, card.id, 100, 'running')
    const page = await openBoardPage(app, path.join(folder, 'window'), board, context)
    try {
      await openCard(page, board.id, card.id)
      await openTranscript(page, log.last)
      await page.evaluate(COUNT_LONG_TASKS)
      const before = await heapOf(page)
      const bare: number[] = []
      const ours: number[] = []
      const painted: number[] = []
      for (let round = 0; round < ROUNDS; round += 1) {
        bare.push(await plainRun(program))
        const flood = await floodedRun(app, page, log, program, `flood-${round}`)
        ours.push(flood.run)
        painted.push(flood.painted)
      }
      const after = await heapOf(page)
      const long = await page.evaluate<number[]>('window.longTasks')
      const found = await findLines(app, log)
      const size = (LINES * LINE * ROUNDS) / 1e6
      return [
        atMost(3, {
          id: 'flood.run',
          what: 'an agent prints 100,000 lines, p50: into its transcript / into a plain pipe',
          unit: 'x',
          value: median(ours) / median(bare),
          note: `${Math.round(median(ours))} / ${Math.round(median(bare))} ms`,
        }),
        atMost(1000, {
          id: 'flood.painted',
          what: 'from its end to its painted last line, p50',
          unit: 'ms',
          value: median(painted),
          note: painted.map(Math.round).join(', '),
        }),
        atMost(ROUNDS, {
          id: 'flood.blocks',
          what: `tasks of the window over 100 ms in ${ROUNDS} runs`,
          unit: '',
          value: long.length,
          note: long.map(Math.round).join(', '),
        }),
        atMost(3 * size, {
          id: 'flood.heap',
          what: `growth of the window’s heap by ${Math.round(size)} MB of log`,
          unit: 'MB',
          value: after - before,
          note: `${before.toFixed(1)} to ${after.toFixed(1)} MB`,
        }),
        atMost(0, {
          id: 'flood.lost',
          what: `of ${SAMPLES} lines of the log, those that were not found or not read`,
          unit: '',
          value: SAMPLES - found.length,
          note: `search p50 ${Math.round(median(found))} ms`,
        }),
      ]
    } finally {
      await page.close()
    }
  })

const text = `'line ' + String(index).padStart(6, '0') + ' ' + 'x'.repeat(${LINE - 13}) + '\\n'`
/** Blocks as it would in C: what a pipe does not take holds it up. */
const PRINT = `import { writeSync } from 'node:fs'
for (let index = 1; index <= ${LINES}; index += 1) {
  const line = Buffer.from(${text})
  for (let at = 0; at < line.length; ) {
    try { at += writeSync(1, line, at) } catch (error) { if (error.code !== 'EAGAIN') throw error }
  }
}`
const COUNT_LONG_TASKS = `void (window.longTasks = [], new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) if (duration > 100) window.longTasks.push(duration)
}).observe({ type: 'longtask' }))`

/** The agent's own run time into a pipe that somebody empties, milliseconds. */
async function plainRun(program: string): Promise<number> {
  const start = performance.now()
  const child = spawn(process.execPath, [program], { stdio: ['ignore', 'pipe', 'inherit'] })
  child.stdout.resume()
  await once(child, 'exit')
  return performance.now() - start
}

async function floodedRun(
  app: App,
  page: WindowPage,
  { id, stepId }: RecordedLog,
  program: string,
  name: string,
): Promise<{ run: number; painted: number }> {
  const signal = new AbortController().signal
  const log = openEventLog(app.ctx, { executionId: id, stepId, secrets: ['sk-not-there-0123456789'], signal })
  const tool = (status: 'running' | 'done'): ExecutionEventBody => ({
    type: 'tool',
    id: name,
    name: 'run_command',
    kind: 'execute',
    title: `Run ${name}`,
    paths: [],
    status,
    output: null,
  })
  const last = `line ${LINES}`
  log.write(tool('running'))
  await page.evaluate(`void (window.painted = ${until(`[...document.querySelectorAll('[role="log"] pre')].some((one) => one.textContent.includes(${JSON.stringify(last)}))`)}
    .then(() => new Promise(requestAnimationFrame)).then(() => Date.now()))`)
  const start = performance.now()
  let end = 0
  await runCommand({
    command: `"${process.execPath}" "${program}"`,
    cwd: path.dirname(program),
    instanceId: app.ctx.instanceId,
    executionId: id,
    timeoutMs: 120_000,
    signal,
    onOutput: (delta) => {
      log.write({ type: 'tool_output', id: name, delta, line: 0 })
      end = performance.now()
    },
  })
  const endedAt = Date.now() - (performance.now() - end)
  const paintedAt = await page.evaluate<number>('window.painted')
  log.write(tool('done'))
  await log.close()
  await page.evaluate(until(`!document.querySelector('[role="log"] pre')`))
  return { run: end - start, painted: paintedAt - endedAt }
}

/** How long each search took that led to a line which could be read. */
async function findLines({ ctx }: App, { id }: RecordedLog): Promise<number[]> {
  const api = appRouter.createCaller(ctx).executions
  const times: number[] = []
  for (let sample = 0; sample < SAMPLES; sample += 1) {
    const number = sample === 0 ? 1 : Math.round((sample * LINES) / (SAMPLES - 1))
    const text = `line ${String(number).padStart(6, '0')} `
    const start = performance.now()
    const { hits } = await api.searchEvents({ id, text })
    const time = performance.now() - start
    const [hit] = hits
    if (!hit || hit.line !== number - 1 || hits.length !== ROUNDS) continue
    const { pieces } = await api.outputOutline({ id, entry: hit.entry })
    const piece = pieces.findLast(({ line }) => line <= number - 1)
    const [read] = piece ? await api.output({ id, sequences: [piece.sequence] }) : []
    if (piece && read?.text.split('\n')[number - 1 - piece.line]?.startsWith(text)) times.push(time)
  }
  return times
}

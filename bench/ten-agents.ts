import { chmod, mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { appRouter } from '#electron/api/router.ts'
import type { App } from '#electron/open-app.ts'
import type { ExecutionId } from '#shared/ids.ts'
import { PAINTED, windowSettings } from './events.ts'
import { type FullBoard, fillBoard, showBoard, withWriter } from './full-board.ts'
import { CARD_PANEL, pressAll } from './keys.ts'
import { callApp } from './page-call.ts'
import { atMost, type Bench } from './row.ts'
import { makeRepository } from './small-repository.ts'
import { median, quantile } from './statistics.ts'
import { until } from './transcript-page.ts'
import { openWindowPage, type WindowPage } from './window-page.ts'

const AGENTS = 10
/** Of each agent. */
const LINES_PER_SECOND = 100
/** Each is nine presses of keys whose answers count; with the clicks they are 200 acts. */
const ROUNDS = 20
const CLICKS = 20
/** How long the agents may take to begin, milliseconds. */
const LONGEST_START = 60_000

/**
 * Keys, strokes of the filter and clicks on cards among 10,000 of them, while ten agents of this window's own app tell a
 * hundred lines a second each; and the same among 100 cards, while none works.
 */
export const bench: Bench = (context) =>
  withWriter(context, async (app, folder) => {
    const small = await fillBoard(app, 100)
    const large = await workingBoard(app, folder)
    const env = await settingsOf(app, folder)
    const page = await openWindowPage('ours', env, context)
    try {
      await showBoard(page, small)
      await watchEvents(page)
      const calm = await act(page)
      const calmEvents = await eventTimes(page, calm)
      await showBoard(page, large)
      const ids = await startAgents(app, page, large)
      await page.loopDelay()
      const before = await linesOf(app, ids)
      const start = performance.now()
      const busy = await act(page)
      const seconds = (performance.now() - start) / 1000
      const busyEvents = await eventTimes(page, busy)
      const loop = await page.loopDelay()
      const rate = ((await linesOf(app, ids)) - before) / seconds
      await stopAgents(app, ids)
      const [all, few] = [[...busy.values()].flat(), [...calm.values()].flat()]
      const [value, anchor] = [quantile(all, 0.98), quantile(few, 0.98)]
      const [event, calmEvent] = [quantile(busyEvents, 0.98), quantile(calmEvents, 0.98)]
      return [
        atMost(100, {
          id: 'ten.events',
          what: `keys, clicks, filter strokes among 10,000 cards while ${AGENTS} agents work: event duration, p98`,
          unit: 'ms',
          value: event,
          note: `among 100 cards while none works ${calmEvent.toFixed(0)} ms; ${all.length} acts`,
        }),
        atMost(2, {
          id: 'ten.events.ratio',
          what: 'the same / among 100 cards while none works',
          unit: 'x',
          value: event / calmEvent,
          note: `${event.toFixed(0)} / ${calmEvent.toFixed(0)} ms`,
        }),
        atMost(2, {
          id: 'ten.acts.ratio',
          what: 'each to the frame that shows all of its answer, p98 / among 100 cards while none works',
          unit: 'x',
          value: value / anchor,
          note: `p50 ${median(all).toFixed(0)} / ${median(few).toFixed(0)} ms, p98 ${value.toFixed(0)} / ${anchor.toFixed(0)} ms; ${[
            ...busy,
          ]
            .map(([name, times]) => `${name} p98 ${quantile(times, 0.98).toFixed(0)} ms`)
            .join(', ')}`,
        }),
        atMost(1.1, {
          id: 'ten.lines',
          what: 'lines a second that the agents tell / that are in their logs',
          unit: 'x',
          value: (AGENTS * LINES_PER_SECOND) / rate,
          note: `${rate.toFixed(0)} a second over ${seconds.toFixed(0)} s; main process late by p99 ${loop.p99.toFixed(0)} ms`,
        }),
      ]
    } finally {
      await page.close()
    }
  })

/** A board of a repository with 10,000 cards. */
async function workingBoard(app: App, folder: string): Promise<FullBoard> {
  const api = appRouter.createCaller(app.ctx)
  const { project } = await api.projects.open({ path: await makeRepository(folder) })
  const board = await fillBoard(app, 10_000)
  await app.pool.query(
    `UPDATE boards SET project_id = $2, settings = settings || '{"clarity": false, "permission_mode": "full"}' WHERE id = $1`,
    [board.id, project.id],
  )
  return board
}

/** The window's app finds an agent on its PATH that does nothing but talk. */
async function settingsOf(app: App, folder: string): Promise<Record<string, string>> {
  const [bin, data] = [path.join(folder, 'bin'), path.join(folder, 'window')]
  await mkdir(bin)
  await mkdir(data)
  await writeFile(path.join(bin, 'opencode'), TALKER)
  await chmod(path.join(bin, 'opencode'), 0o755)
  await writeFile(path.join(data, 'preferences.json'), JSON.stringify({ most_executions: AGENTS }))
  const PATH = [bin, path.dirname(process.execPath), process.env.PATH].join(path.delimiter)
  return {
    ...windowSettings(app, data),
    PATH,
    RANGERS_DEFAULT_PROVIDER: 'acp:opencode',
    ANTHROPIC_API_KEY: '',
  }
}

/** Speaks just so much of the Agent Client Protocol as it takes to be asked. */
const TALKER = `#!/usr/bin/env node
const { createInterface } = require('node:readline')
const say = (message) => process.stdout.write(JSON.stringify({ jsonrpc: '2.0', ...message }) + '\\n')
let prompt, timer, count = 0
const tell = () => {
  count += 1
  const text = 'line ' + String(count).padStart(6, '0') + ' ' + 'x'.repeat(78) + '\\n'
  const update = { sessionUpdate: 'agent_message_chunk', content: { type: 'text', text } }
  say({ method: 'session/update', params: { sessionId: 's', update } })
}
const talk = () => {
  const start = performance.now()
  timer = setInterval(() => {
    while (count < ((performance.now() - start) / 1000) * ${LINES_PER_SECOND}) tell()
  }, 10)
}
if (process.argv.includes('--version')) console.log('opencode 1.0.0')
else createInterface(process.stdin).on('line', (line) => {
  const { id, method } = JSON.parse(line)
  if (method === 'initialize') say({ id, result: { protocolVersion: 1, agentCapabilities: {}, authMethods: [] } })
  if (method === 'session/new') say({ id, result: { sessionId: 's' } })
  if (method === 'session/prompt') { prompt = id; talk() }
  if (method === 'session/cancel') { clearInterval(timer); say({ id: prompt, result: { stopReason: 'cancelled' } }) }
}).on('close', () => process.exit())
`

/** On the cards that are in view; resolves when all of them talk. */
async function startAgents(app: App, page: WindowPage, board: FullBoard): Promise<ExecutionId[]> {
  const cards = await page.evaluate<string[]>(
    `[...document.querySelectorAll('[data-column-id] [data-task-id]')].slice(0, ${AGENTS}).map((card) => card.dataset.taskId)`,
  )
  const started = await callApp<{ started: unknown[]; refused: { message: string }[] }>(
    page,
    'mutation',
    'executions.startMany',
    { task_ids: cards },
  )
  if (started.refused[0]) throw new Error(started.refused[0].message)
  for (const limit = performance.now() + LONGEST_START; ; await pause(250)) {
    const { rows } = await app.pool.query<{ id: ExecutionId; talks: boolean; error_message: string | null }>(
      `SELECT id, error_message, EXISTS (
         SELECT 1 FROM execution_events WHERE execution_id = executions.id AND body->>'type' = 'text') AS talks
       FROM executions WHERE board_id = $1`,
      [board.id],
    )
    if (rows.filter(({ talks }) => talks).length === AGENTS) return rows.map(({ id }) => id)
    const broken = rows.find(({ error_message }) => error_message !== null)
    if (broken || performance.now() > limit)
      throw new Error(broken?.error_message ?? `${JSON.stringify(rows)}: not all agents have begun`)
  }
}

async function linesOf({ pool }: App, ids: readonly ExecutionId[]): Promise<number> {
  const { rows } = await pool.query<{ lines: string }>(
    `SELECT sum(length(text) - length(replace(text, E'\\n', ''))) AS lines
     FROM (SELECT body->>'delta' AS text FROM execution_events WHERE execution_id = ANY($1)) AS told`,
    [ids],
  )
  return Number(rows[0]?.lines ?? 0)
}

/** An app at work would ask before it ends. */
async function stopAgents(app: App, ids: readonly ExecutionId[]): Promise<void> {
  const api = appRouter.createCaller(app.ctx)
  for (const id of ids) await api.executions.cancel({ id })
  for (const limit = performance.now() + LONGEST_START; performance.now() < limit; await pause(250)) {
    const all = await Promise.all(ids.map((id) => api.executions.get({ id })))
    if (all.every(({ status }) => status === 'cancelled')) return
  }
}

/** Has the page write down how long each event takes that a person has caused: from the input to the next frame. */
async function watchEvents(page: WindowPage): Promise<void> {
  await page.evaluate(`void (() => {
    window.slowest = new Map()
    new PerformanceObserver((list) => {
      for (const { interactionId, duration } of list.getEntries()) {
        if (interactionId) slowest.set(interactionId, Math.max(duration, slowest.get(interactionId) ?? 0))
      }
    }).observe({ type: 'event', durationThreshold: 16 })
  })()`)
}

/** How long the acts' events took since this was asked last, milliseconds: the slowest of each act; 0: less than 16. */
async function eventTimes(page: WindowPage, acts: ReadonlyMap<string, readonly number[]>): Promise<number[]> {
  await pause(200) // an entry comes after its frame
  const slow = await page.evaluate<number[]>(`(() => {
    const times = [...slowest.values()]
    slowest.clear()
    return times
  })()`)
  const count = [...acts.values()].reduce((sum, times) => sum + times.length, 0)
  return [...slow, ...Array.from({ length: Math.max(0, count - slow.length) }, () => 0)]
}

/** Two hundred acts; from each to the frame that shows its answer, by what is done, milliseconds. */
async function act(page: WindowPage): Promise<Map<string, number[]>> {
  const times = await pressAll(page, ROUNDS)
  const clicked: number[] = []
  for (let count = 0; count < CLICKS; count += 1) clicked.push(await click(page, count))
  return times.set('click', clicked)
}

/** A click on a card, until its panel is painted with all that is in it; then it is closed. */
async function click(page: WindowPage, index: number): Promise<number> {
  await pause(60)
  const place = await page.evaluate<{ x: number; y: number }>(`(() => {
    const places = [...document.querySelectorAll('[data-column-id] [data-task-id]')].flatMap((card) => {
      const { x, y, width } = card.getBoundingClientRect()
      const place = { x: Math.round(x + width / 2), y: Math.round(y + 12) }
      return card.contains(document.elementFromPoint(place.x, place.y)) ? [place] : []
    })
    window.clicked = new Promise((resolve) => addEventListener('pointerdown', ({ timeStamp }) => {
      resolve(${until(CARD_PANEL)}.then(() => ${PAINTED}).then(() => performance.now() - timeStamp))
    }, { capture: true, once: true }))
    return places[${index} % places.length]
  })()`)
  const at = { ...place, button: 'left' as const, clickCount: 1 }
  await page.input(
    [
      { type: 'mouseMove', ...place },
      { type: 'mouseDown', ...at },
      { type: 'mouseUp', ...at },
    ],
    5,
  )
  const time = await page.evaluate<number>(soon('window.clicked', 'no panel after a click'))
  await page.input(
    [
      { type: 'keyDown', keyCode: 'Escape' },
      { type: 'keyUp', keyCode: 'Escape' },
    ],
    5,
  )
  await page.evaluate(soon(until(`!${CARD_PANEL}`), 'a panel that does not close'))
  return time
}

/** What is promised, or an error that says where the focus is. */
function soon(promise: string, what: string): string {
  return `Promise.race([${promise}, new Promise((_, reject) => setTimeout(() => reject(new Error(
    '${what}; the focus is on ' + document.activeElement?.outerHTML.slice(0, 200))), 10_000))])`
}

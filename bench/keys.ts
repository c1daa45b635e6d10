import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { PAINTED } from './events.ts'
import { fillBoard, openBoardPage, withWriter } from './full-board.ts'
import { atMost, type Bench } from './row.ts'
import { median, quantile } from './statistics.ts'
import type { InputEvent, WindowPage } from './window-page.ts'

const CARDS = 10_000
const ROUNDS = 25
const MOST_MS = 100
/** Between an action and the way back, in milliseconds: what opens has come to rest. */
const REST_MS = 150

interface Action {
  id: string
  what: string
  /** What the page does before the key, such as giving a card the focus. */
  prepare?: string
  keys: InputEvent[]
  /** True in the page once the key's answer is there. */
  isThere: string
  back: InputEvent[]
}

const press = (keyCode: string, ...modifiers: string[]): InputEvent[] => [
  { type: 'keyDown', keyCode, modifiers },
  ...(modifiers.length === 0 && keyCode.length === 1 ? [{ type: 'char' as const, keyCode }] : []),
  { type: 'keyUp', keyCode, modifiers },
]
const control = process.platform === 'darwin' ? 'meta' : 'control'
const DIALOG = `document.querySelector('[role="dialog"]') !== null`
const FILTER = `document.querySelector('input[placeholder^="Filter cards"]')`
const FOCUS_CARD = `document.querySelector('[data-column-id] [data-task-id][tabindex="0"]').focus()`
/** Of all cards, the filter leaves few. */
const IS_FILTERED = `document.querySelectorAll('[data-column-id] [data-task-id]').length < 12`

const ACTIONS: readonly Action[] = [
  {
    id: 'quick-add',
    what: 'C to the form of a new card',
    prepare: FOCUS_CARD,
    keys: press('c'),
    isThere: DIALOG,
    back: press('Escape'),
  },
  {
    id: 'palette',
    what: 'the command palette',
    prepare: FOCUS_CARD,
    keys: press('k', control),
    isThere: DIALOG,
    back: press('Escape'),
  },
  {
    id: 'open',
    what: 'Enter to the card beside its board',
    prepare: FOCUS_CARD,
    keys: press('Enter'),
    isThere: `document.querySelector('aside[aria-label] h2, [role="complementary"] h2') !== null`,
    back: press('Escape'),
  },
  {
    id: 'filter',
    what: 'a letter of the filter to the cards that fit',
    prepare: `${FILTER}.focus()`,
    keys: press('7'),
    isThere: IS_FILTERED,
    back: press('Backspace'),
  },
]

/** Key presses on a board of 10,000 cards to the pixels that answer them, with the real keyboard events. */
export const bench: Bench = (context) =>
  withWriter(context, async (app, folder) => {
    const board = await fillBoard(app, CARDS)
    const page = await openBoardPage(app, path.join(folder, 'ours'), board, context)
    try {
      await page.evaluate(WATCH_TASKS)
      const rows = []
      for (const action of ACTIONS) {
        const times = await measure(page, action)
        rows.push(
          atMost(MOST_MS, {
            id: `keys.${action.id}`,
            what: `${action.what}, 10,000 cards, p95`,
            unit: 'ms',
            value: quantile(times, 0.95),
            note: `p50 ${median(times).toFixed(0)} ms`,
          }),
        )
      }
      const tasks = await page.evaluate<number[]>('longTasks')
      const longest = Math.max(0, ...tasks)
      rows.push(
        atMost(MOST_MS, {
          id: 'keys.task',
          what: 'the longest task of the page after it was loaded',
          unit: 'ms',
          value: longest,
          note: `${tasks.length} above 50 ms`,
        }),
      )
      return rows
    } finally {
      await page.close()
    }
  })

async function measure(page: WindowPage, { prepare, keys, isThere, back }: Action): Promise<number[]> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    if (prepare) await page.evaluate(`void (${prepare})`)
    await page.evaluate(awaitThere(isThere))
    await page.input(keys, 5)
    times.push(await page.evaluate<number>('window.answered'))
    await pause(REST_MS)
    await page.input(back, 5)
    await pause(REST_MS)
  }
  // The first time also loads what is drawn.
  return times.slice(1)
}

/** Makes \`window.answered\` the time from the next key to the frame in which the condition holds. */
function awaitThere(isThere: string): string {
  return `void (window.answered = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('No answer to a key: ' + ${JSON.stringify(isThere)})), 10_000)
    let pressed
    addEventListener('keydown', (event) => { pressed = event.timeStamp }, { capture: true, once: true })
    const look = () => {
      if (pressed === undefined || !(${isThere})) return
      observer.disconnect()
      ${PAINTED}.then(() => resolve(performance.now() - pressed))
    }
    const observer = new MutationObserver(look)
    observer.observe(document, { subtree: true, childList: true, attributes: true })
  }))`
}

const WATCH_TASKS = `void (() => {
  window.longTasks = []
  new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration)))
    .observe({ type: 'longtask' })
})()`

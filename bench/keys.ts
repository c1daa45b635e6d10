import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { PAINTED } from './events.ts'
import { fillBoard, openBoardPage, showBoard, withWriter } from './full-board.ts'
import { atMost, type Bench, type BenchRow } from './row.ts'
import { median, quantile } from './statistics.ts'
import type { InputEvent, WindowPage } from './window-page.ts'

const ROUNDS = 10
const WARM_UP = 1
/** Between a key's answer and the next key, in milliseconds. */
const GAP = 60

/** Key presses over a board of 10,000 cards, each to the pixels that answer it, and the same over 100 cards. */
export const bench: Bench = (context) =>
  withWriter(context, async (app, folder) => {
    const [small, large] = [await fillBoard(app, 100), await fillBoard(app, 10_000)]
    const page = await openBoardPage(app, path.join(folder, 'ours'), small, context)
    try {
      const few = await pressAll(page)
      await showBoard(page, large)
      await page.evaluate(WATCH_LONG_TASKS)
      const many = await pressAll(page)
      const longest = await page.evaluate<number>('longest')
      return [
        ...GESTURES.map(({ name, what }) => rowOf(name, what, many.get(name) ?? [], few.get(name) ?? [])),
        atMost(100, {
          id: 'keys.long',
          what: 'the longest task of the page meanwhile, 10,000 cards',
          unit: 'ms',
          value: longest,
          note: '',
        }),
      ]
    } finally {
      await page.close()
    }
  })

function rowOf(name: string, what: string, many: readonly number[], few: readonly number[]): BenchRow {
  const facts = (times: readonly number[]) =>
    `p50 ${median(times).toFixed(0)}, p95 ${quantile(times, 0.95).toFixed(0)} ms`
  return atMost(100, {
    id: `keys.${name}`,
    what: `${what}: key press to paint among 10,000 cards, p95`,
    unit: 'ms',
    value: quantile(many, 0.95),
    note: `${facts(many)}; 100 cards: ${facts(few)}; ${many.length} presses`,
  })
}

/** Keys, one after the other, and what is true of the page as soon as it shows the answer to each. */
interface Stroke {
  key: string
  modifiers?: string[]
  answer: string
  /** Only leads to the next one. */
  isBetween?: true
}

const DIALOG = `document.querySelector('dialog[open], [role="dialog"]')`
const FIELD = `document.querySelector('search input')`
/** With its bodies, which the board does not hold. */
export const CARD_PANEL = `document.querySelector('aside[aria-label*="with a title"]:not(:has([aria-busy="true"]))')`
const NO_DIALOG: Stroke = { key: 'Escape', answer: `!${DIALOG}`, isBetween: true }
/** What the heads of the columns say changes with every stroke of the filter. */
const COUNTS = `[...document.querySelectorAll('[data-column-id] header')].map((head) => head.textContent).join()`
const filterStroke = (key: string): Stroke => ({ key, answer: `${COUNTS} !== before` })

const GESTURES: readonly { name: string; what: string; strokes: readonly Stroke[] }[] = [
  {
    name: 'add',
    what: 'quick add (C)',
    strokes: [{ key: 'c', answer: `${DIALOG}?.querySelector('textarea')` }, NO_DIALOG],
  },
  {
    name: 'palette',
    what: 'palette (Ctrl+K)',
    strokes: [
      { key: 'k', modifiers: ['control'], answer: `${DIALOG}?.querySelector('[role="option"]')` },
      NO_DIALOG,
    ],
  },
  {
    name: 'open',
    what: 'open a card (Enter)',
    strokes: [
      { key: 'Enter', answer: CARD_PANEL },
      { key: 'Escape', answer: `!${CARD_PANEL}`, isBetween: true },
    ],
  },
  {
    name: 'filter',
    what: 'a stroke in the filter',
    strokes: [
      { key: 'f', answer: `document.activeElement === ${FIELD}`, isBetween: true },
      ...['7', '7', '7', 'Backspace', 'Backspace', 'Backspace'].map(filterStroke),
      { key: 'Escape', answer: `document.activeElement !== ${FIELD}`, isBetween: true },
    ],
  },
]

/** How long each press took whose answer counts, by its gesture, milliseconds. */
export async function pressAll(page: WindowPage, rounds = ROUNDS): Promise<Map<string, number[]>> {
  const times = new Map<string, number[]>()
  for (const { name, strokes } of GESTURES) {
    const found: number[] = []
    for (let round = -WARM_UP; round < rounds; round += 1) {
      await page.evaluate(focusCard(round + WARM_UP))
      for (const stroke of strokes) {
        const time = await pressed(page, name, stroke)
        if (round >= 0 && !stroke.isBetween) found.push(time)
      }
    }
    times.set(name, found)
  }
  return times
}

/** Another card each time: one that was open before is known already. */
function focusCard(index: number): string {
  return `void document.querySelectorAll('[data-column-id] [data-task-id]')[${index}].focus({ preventScroll: true })`
}

/** From the press, as the system tells its time, to the frame that shows the answer, in milliseconds. */
async function pressed(
  page: WindowPage,
  name: string,
  { key, modifiers = [], answer }: Stroke,
): Promise<number> {
  await pause(GAP)
  await page.evaluate(`void (() => {
    const before = ${COUNTS}
    let pressed
    window.answered = new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        observer.disconnect()
        reject(new Error('${name}: no answer to ${key}; the focus is on ' + document.activeElement?.outerHTML.slice(0, 200)))
      }, 5000)
      const look = () => {
        if (pressed === undefined || !(${answer})) return
        observer.disconnect()
        clearTimeout(timer)
        ${PAINTED}.then(() => resolve(performance.now() - pressed))
      }
      const observer = new MutationObserver(look)
      observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
      const note = (event) => {
        if (['Control', 'Shift'].includes(event.key)) return
        removeEventListener('keydown', note, { capture: true })
        pressed = event.timeStamp
        // What changes nothing but the focus is seen here.
        setTimeout(look, 0)
      }
      addEventListener('keydown', note, { capture: true })
    })
  })()`)
  const press = { keyCode: key, modifiers }
  const isLetter = key.length === 1 && modifiers.length === 0
  const events: InputEvent[] = [
    { type: 'keyDown', ...press },
    ...(isLetter ? [{ type: 'char' as const, ...press }] : []),
    { type: 'keyUp', ...press },
  ]
  await page.input(events, 0)
  return page.evaluate<number>('window.answered')
}

const WATCH_LONG_TASKS = `void (() => {
  window.longest = 0
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration)
  }).observe({ type: 'longtask' })
})()`

import path from 'node:path'
import { PAINTED } from './events.ts'
import { type FullBoard, fillBoard, openBoardPage, showBoard, withWriter } from './full-board.ts'
import { atMost, type Bench } from './row.ts'
import { median, quantile } from './statistics.ts'
import { type InputEvent, openWindowPage, type WindowPage } from './window-page.ts'

const STEPS = 120
const ROUNDS = 5
const STEP_MS = 12

/** Drags over a board of 5,000 cards with the real mouse: each step against the same path over an empty page. */
export const bench: Bench = (context) =>
  withWriter(context, async (app, folder) => {
    const [small, large] = [await fillBoard(app, 100), await fillBoard(app, 5000)]
    const empty = await openWindowPage('empty', { RANGERS_DATA_DIR: path.join(folder, 'empty') }, context)
    const bare = await dragOver(empty, null).finally(() => empty.close())
    const page = await openBoardPage(app, path.join(folder, 'ours'), large, context)
    try {
      const ours = await dragOver(page, large)
      await showBoard(page, small)
      const few = await dragOver(page, small)
      return [
        atMost(2, {
          id: 'drag.step',
          what: 'a step of the mouse in a drag over 5,000 cards to its pixels, p95: ours / empty page',
          unit: 'x',
          value: quantile(ours.steps, 0.95) / quantile(bare.steps, 0.95),
          note: `${quantile(ours.steps, 0.95).toFixed(1)} / ${quantile(bare.steps, 0.95).toFixed(1)} ms`,
        }),
        atMost(3, {
          id: 'drag.frame',
          what: 'the longest frame of these drags: ours / empty page',
          unit: 'x',
          value: Math.max(...ours.frames) / Math.max(...bare.frames),
          note: `${Math.max(...ours.frames).toFixed(0)} / ${Math.max(...bare.frames).toFixed(0)} ms`,
        }),
        atMost(100, {
          id: 'drag.drop',
          what: 'drop to the card painted at its place, 5,000 cards, p95',
          unit: 'ms',
          value: quantile(ours.drops, 0.95),
          note: `p50 ${median(ours.drops).toFixed(1)} ms; 100 cards: ${median(few.drops).toFixed(1)} ms`,
        }),
        atMost(2, {
          id: 'drag.drop.few',
          what: 'drop to the card painted, p95: 5,000 cards / 100 cards',
          unit: 'x',
          value: quantile(ours.drops, 0.95) / quantile(few.drops, 0.95),
          note: '',
        }),
      ]
    } finally {
      await page.close()
    }
  })

interface Drags {
  steps: number[]
  frames: number[]
  drops: number[]
}

async function dragOver(page: WindowPage, board: FullBoard | null): Promise<Drags> {
  await page.evaluate(WATCH)
  const drops: number[] = []
  for (let round = 0; round < ROUNDS; round += 1) {
    const from = board ? await page.evaluate<{ id: string; x: number; y: number }>(FIRST_CARD) : CORNER
    await page.input(pathFrom(from), STEP_MS)
    if (board) await page.evaluate(awaitCardElsewhere(from.id))
    await page.input([{ type: 'mouseUp', ...END, button: 'left', clickCount: 1 }], 0)
    if (board) drops.push(await page.evaluate<number>('window.dropped'))
    await page.evaluate('new Promise((resolve) => setTimeout(resolve, 300))')
  }
  return { drops, ...(await page.evaluate<Pick<Drags, 'steps' | 'frames'>>('({ steps, frames })')) }
}

const CORNER = { id: '', x: 300, y: 200 }
const END = { x: 820, y: 420 }

/** Takes it up, and goes in waves over the columns and back to one of them. */
function pathFrom({ x, y }: { x: number; y: number }): InputEvent[] {
  const start: InputEvent[] = [
    { type: 'mouseMove', x, y },
    { type: 'mouseDown', x, y, button: 'left', clickCount: 1 },
  ]
  const steps = Array.from({ length: STEPS }, (_, index): InputEvent => {
    const part = index / STEPS
    return {
      type: 'mouseMove',
      x: Math.round(x + (END.x - x) * part),
      y: Math.round(400 + 220 * Math.sin(part * 12)),
      button: 'left',
      modifiers: ['leftButtonDown'],
    }
  })
  return [...start, ...steps, { type: 'mouseMove', ...END, button: 'left', modifiers: ['leftButtonDown'] }]
}

/** From each step of a pressed mouse to the frame after it, and the lengths of frames meanwhile. */
const WATCH = `void (() => {
  const isFirst = window.steps === undefined
  window.steps = []
  window.frames = []
  if (!isFirst) return
  let isPressed = false
  let last = 0
  const frame = (now) => {
    if (isPressed && last) frames.push(now - last)
    last = isPressed ? now : 0
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
  addEventListener('mousedown', () => { isPressed = true }, { capture: true })
  addEventListener('mouseup', () => { isPressed = false }, { capture: true })
  addEventListener('mousemove', (event) => {
    if (isPressed) ${PAINTED}.then(() => steps.push(performance.now() - event.timeStamp))
  }, { capture: true })
})()`

const FIRST_CARD = `(() => {
  const card = document.querySelector('[data-column-id] [data-task-id]')
  // The drag before may have scrolled the board.
  card.closest('[data-density]').scrollLeft = 0
  const { x, y, width, height } = card.getBoundingClientRect()
  return { id: card.dataset.taskId, x: Math.round(x + width / 2), y: Math.round(y + height / 2) }
})()`

/** Makes \`window.dropped\` the time from the release of the mouse to the paint of the card in another column. */
function awaitCardElsewhere(id: string): string {
  return `void (() => {
    const column = () => document.querySelector('[data-task-id="${id}"]')?.closest('[data-column-id]')?.dataset.columnId
    const home = column()
    let released
    window.dropped = new Promise((resolve, reject) => {
      setTimeout(() => reject(new Error('The card did not move')), 10_000)
      const look = () => {
        const now = column()
        if (!released || !now || now === home) return
        observer.disconnect()
        ${PAINTED}.then(() => resolve(performance.now() - released))
      }
      const observer = new MutationObserver(look)
      observer.observe(document, { subtree: true, childList: true })
      addEventListener('mouseup', (event) => {
        released = event.timeStamp
        look()
      }, { capture: true, once: true })
    })
  })()`
}

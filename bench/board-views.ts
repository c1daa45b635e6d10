import path from 'node:path'
import { PAINTED } from './events.ts'
import { type FullBoard, fillBoard, openBoardPage, withWriter } from './full-board.ts'
import { atMost, type Bench } from './row.ts'
import type { WindowPage } from './window-page.ts'

const CARDS = 10_000
/** Frames over which a view is scrolled, and pixels a frame. */
const FRAMES = 60
const STEP = 900

/** Views beside the plain board, by what their address says, and what scrolls in them. */
const VIEWS = [
  { id: 'lanes', name: 'swimlanes', query: 'group=priority', scroller: '[data-lane-rows]' },
  { id: 'table', name: 'table', query: 'view=table', scroller: '[role="grid"] > div' },
  {
    id: 'groups',
    name: 'table in groups',
    query: 'view=table&group=assignee',
    scroller: '[role="grid"] > div',
  },
  { id: 'timeline', name: 'timeline', query: 'view=timeline', scroller: '[data-timeline] section > div' },
] as const

/** Each view of a board of 10,000 cards is opened, scrolled and sorted; the page must never stand still for long. */
export const bench: Bench = (context) =>
  withWriter(context, async (app, folder) => {
    const board = await fillBoard(app, CARDS)
    await app.pool.query(
      `UPDATE tasks SET priority = (ARRAY['low', 'medium', 'high', 'urgent', NULL])[1 + number % 5],
         due_date = CASE WHEN number % 2 = 0 THEN current_date + (number % 120 - 60) END
       WHERE board_id = $1`,
      [board.id],
    )
    const page = await openBoardPage(app, path.join(folder, 'ours'), board, context)
    try {
      await page.evaluate(WATCH_LONG_TASKS)
      const rows = []
      for (const { id, name, query, scroller } of VIEWS) {
        const [opened, scrolled, sorted] = [
          await during(page, show(board, query, scroller)),
          await during(page, scrollThrough(scroller)),
          await during(page, show(board, `${query}&sort=-title`, scroller)),
        ]
        rows.push(
          atMost(200, {
            id: `views.${id}`,
            what: `longest task of the ${name} of ${CARDS} cards: opened, scrolled, sorted`,
            unit: 'ms',
            value: Math.max(opened, scrolled, sorted),
            note: `${opened} / ${scrolled} / ${sorted} ms`,
          }),
        )
      }
      return rows
    } finally {
      await page.close()
    }
  })

/** The longest task of the page, in milliseconds, from now until some time after the work; 0: none of more than 50. */
async function during(page: WindowPage, work: string): Promise<number> {
  return page.evaluate<number>(`(async () => {
    await new Promise((resolve) => setTimeout(resolve, 300))
    longTasks.takeRecords()
    window.longest = 0
    await ${work}
    await new Promise((resolve) => setTimeout(resolve, 500))
    return Math.round(longest)
  })()`)
}

/** Goes to a view and waits for its next pixels. */
function show({ id }: FullBoard, query: string, scroller: string): string {
  return `(async () => {
    location.hash = '#/board/${id}?${query}'
    while (!document.querySelector('${scroller}')) await ${PAINTED}
    for (let count = 0; count < 5; count += 1) await ${PAINTED}
  })()`
}

/** As fast as a wheel turns, and back to the top at once. */
function scrollThrough(inner: string): string {
  return `(async () => {
    const isScroller = (element) => element.scrollHeight > element.clientHeight + 1
    let element = document.querySelector('${inner}')
    while (element && !(isScroller(element) && /auto|scroll/.test(getComputedStyle(element).overflowY))) element = element.parentElement
    if (!element) throw new Error('Nothing scrolls around ${inner}')
    for (let count = 0; count < ${FRAMES}; count += 1) {
      element.scrollTop += ${STEP}
      await ${PAINTED}
    }
    if (element.scrollTop === 0) throw new Error('Nothing was scrolled')
    element.scrollTop = 0
    await ${PAINTED}
  })()`
}

const WATCH_LONG_TASKS = `void (() => {
  window.longest = 0
  window.longTasks = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) window.longest = Math.max(window.longest, duration)
  })
  longTasks.observe({ type: 'longtask' })
})()`

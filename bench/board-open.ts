import path from 'node:path'
import type { App } from '#electron/open-app.ts'
import { awaitText } from './events.ts'
import { type FullBoard, fillBoard, openBoardPage, withWriter } from './full-board.ts'
import { atMost, type Bench, type BenchContext } from './row.ts'
import { median } from './statistics.ts'
import { collectGarbage, type WindowPage } from './window-page.ts'

const ROUNDS = 10

/** Boards of 100, 1,000 and 10,000 cards in the real window: how soon they are there, and what they cost. */
export const bench: Bench = (context) =>
  withWriter(context, async (app, folder) => {
    const boards = {
      small: await fillBoard(app, 100),
      middle: await fillBoard(app, 1000),
      large: await fillBoard(app, 10_000),
    }
    const times = await openTimes(app, path.join(folder, 'opening'), boards, context)
    const [middle, large] = [
      await costOf(app, path.join(folder, 'middle'), boards.middle, context),
      await costOf(app, path.join(folder, 'large'), boards.large, context),
    ]
    return [
      atMost(1.5, {
        id: 'board.open',
        what: 'reload to a drawn board, p50: 10,000 cards / 100 cards',
        unit: 'x',
        value: median(times.large) / median(times.small),
        note: `${Math.round(median(times.large))} / ${Math.round(median(times.small))} ms`,
      }),
      atMost(1.2, {
        id: 'board.elements',
        what: 'elements of the page: 10,000 cards / 1,000 cards',
        unit: 'x',
        value: large.elements / middle.elements,
        note: `${large.elements} / ${middle.elements}`,
      }),
      atMost(2, {
        id: 'board.heap',
        what: 'heap of the page after a collection: 10,000 cards / 1,000 cards',
        unit: 'x',
        value: large.heap / middle.heap,
        note: `${large.heap.toFixed(1)} / ${middle.heap.toFixed(1)} MB`,
      }),
      atMost(60, {
        id: 'board.heap.all',
        what: 'heap of the page with 10,000 cards after a collection',
        unit: 'MB',
        value: large.heap,
        note: '',
      }),
    ]
  })

async function openTimes(
  app: App,
  dataFolder: string,
  { small, large }: Record<'small' | 'large', FullBoard>,
  context: BenchContext,
): Promise<{ small: number[]; large: number[] }> {
  const page = await openBoardPage(app, dataFolder, small, context)
  try {
    const times = { small: [] as number[], large: [] as number[] }
    for (let round = 0; round < ROUNDS; round += 1) {
      times.small.push(await reloadTime(page, small))
      times.large.push(await reloadTime(page, large))
    }
    return times
  } finally {
    await page.close()
  }
}

/** From the begin of the navigation to the paint of the board's first card, in milliseconds. */
async function reloadTime(page: WindowPage, { id, first }: FullBoard): Promise<number> {
  await page.evaluate(`void (location.hash = '#/board/${id}', setTimeout(() => location.reload(), 20))`)
  await new Promise((resolve) => setTimeout(resolve, 200))
  await page.evaluate(awaitText(first.title))
  return page.evaluate<number>('window.seen.then((at) => at - performance.timeOrigin)')
}

async function costOf(
  app: App,
  dataFolder: string,
  board: FullBoard,
  context: BenchContext,
): Promise<{ elements: number; heap: number }> {
  const page = await openBoardPage(app, dataFolder, board, context)
  try {
    await collectGarbage(page)
    return await page.evaluate(`({
      elements: document.querySelectorAll('*').length,
      heap: performance.memory.usedJSHeapSize / 1e6,
    })`)
  } finally {
    await page.close()
  }
}

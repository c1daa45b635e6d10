import path from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { fillBoard, openBoardPage, withWriter } from './full-board.ts'
import { atMost, type Bench } from './row.ts'
import type { WindowPage } from './window-page.ts'

/** Seconds. */
const CALM = 4
const WATCHED = 15
const SPIN = 0.5

/** An open board of 10,000 cards at which nothing happens: what its main process, page and compositor use. */
export const bench: Bench = (context) =>
  withWriter(context, async (app, folder) => {
    const page = await openBoardPage(app, path.join(folder, 'ours'), await fillBoard(app, 10_000), context)
    try {
      await checkProbe(page)
      await pause(CALM * 1000)
      const seen = await usedWithin(page, WATCHED)
      return [
        atMost(1, {
          id: 'idle.processor',
          what: 'processor of all processes of the app, an open board of 10,000 cards at rest',
          unit: '% of a core',
          value: (seen / WATCHED) * 100,
          note: `${(seen * 1000).toFixed(0)} ms in ${WATCHED} s`,
        }),
      ]
    } finally {
      await page.close()
    }
  })

async function usedWithin(page: WindowPage, seconds: number): Promise<number> {
  const before = await page.processorTime()
  await pause(seconds * 1000)
  return (await page.processorTime()) - before
}

/** A probe that does not see a page work cannot be believed when it sees one rest. */
async function checkProbe(page: WindowPage): Promise<void> {
  const before = await page.processorTime()
  await page.evaluate(`void (() => {
    const end = performance.now() + ${SPIN * 1000}
    while (performance.now() < end);
  })()`)
  const seen = (await page.processorTime()) - before
  // On a machine with other work, the page does not have its core for all of that time.
  if (!(seen >= SPIN / 5)) throw new Error(`A page that was busy for ${SPIN} s seems to have used ${seen} s`)
}

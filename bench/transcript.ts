import path from 'node:path'
import { appRouter } from '#electron/api/router.ts'
import { fillBoard, openBoardPage, withWriter } from './full-board.ts'
import { recordLog } from './recorded-log.ts'
import { atMost, type Bench } from './row.ts'
import { median, quantile } from './statistics.ts'
import { openCard, openTranscript, scrollFrames } from './transcript-page.ts'
import { openWindowPage, type WindowPage } from './window-page.ts'

const ROUNDS = 10
const WHEEL_STEPS = 60

/** Transcripts of 1,000 and of 100,000 events in the real window: how soon they are there, and how they scroll. */
export const bench: Bench = (context) =>
  withWriter(context, async (app, folder) => {
    const empty = await openWindowPage('empty', { RANGERS_DATA_DIR: path.join(folder, 'empty') }, context)
    const bare = await scrollFrames(empty, 'document.scrollingElement', WHEEL_STEPS)
    await empty.close()

    const board = await fillBoard(app, 3)
    const { tasks } = await appRouter.createCaller(app.ctx).boards.get({ id: board.id as never })
    const [small, large] = tasks
    if (!small || !large) throw new Error('The board has no cards')
    const logs = {
      small: { card: small.id, ...(await recordLog(app, small.id, 1000)) },
      large: { card: large.id, ...(await recordLog(app, large.id, 100_000)) },
    }
    const page = await openBoardPage(app, path.join(folder, 'window'), board, context)
    try {
      const times = await openTimes(page, board.id, logs)
      const frames = await scrollFrames(page, `document.querySelector('[role="log"]')`, WHEEL_STEPS)
      const [value, anchor] = [median(times.large), median(times.small)]
      const [frame, bareFrame] = [quantile(frames, 0.95), quantile(bare, 0.95)]
      return [
        atMost(1.5, {
          id: 'transcript.open',
          what: 'press to the painted end of a transcript, p50: 100,000 events / 1,000 events',
          unit: 'x',
          value: value / anchor,
          note: `${Math.round(value)} / ${Math.round(anchor)} ms`,
        }),
        atMost(2, {
          id: 'transcript.scroll',
          what: 'frame while a transcript of 100,000 events is scrolled, p95: ours / an empty page',
          unit: 'x',
          value: frame / bareFrame,
          note: `${frame.toFixed(1)} / ${bareFrame.toFixed(1)} ms`,
        }),
      ]
    } finally {
      await page.close()
    }
  })

type Logs = Record<'small' | 'large', { card: string; last: string }>

/** How long each transcript took to be there, turn about. */
async function openTimes(page: WindowPage, boardId: string, logs: Logs) {
  const times = { small: [] as number[], large: [] as number[] }
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const size of ['small', 'large'] as const) {
      await openCard(page, boardId, logs[size].card)
      const time = await openTranscript(page, logs[size].last)
      if (round >= 0) times[size].push(time)
    }
  }
  return times
}

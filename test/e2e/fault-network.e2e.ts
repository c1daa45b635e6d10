import { setTimeout as pause } from 'node:timers/promises'
import { urlOf } from '../helpers/database-url.ts'
import { addCards, makeBoard, titlesIn, toast } from './fixtures/board.ts'
import { test } from './fixtures/network.ts'
import { card, dragTo, expect } from './fixtures/rangers.ts'

/** How long the network stays cut beyond what is looked at: a minute with RANGERS_CUT_SECONDS=60. */
const STAYS_CUT_MS = Number(process.env.RANGERS_CUT_SECONDS ?? 0) * 1000

for (const how of ['silence', 'reset'] as const) {
  test(`the network to a shared server is cut (${how}): said, worked on with what is there, mended by itself`, async ({
    start,
    network,
  }) => {
    test.setTimeout(120_000 + STAYS_CUT_MS)
    const { page } = await start({ DATABASE_URL: urlOf(network.connection) })
    const banner = page.getByRole('status').filter({ hasText: 'What you see may be out of date' })
    await makeBoard(page, 'Far away')
    await addCards(page, 'Backlog', ['Stays', 'Moves'])
    await card(page, 'Stays').click()
    const panel = page.getByRole('complementary')
    await expect(panel).toBeVisible()

    await test.step('the window says so, and since when', async () => {
      await network.cut(how)
      await expect(banner).toBeVisible({ timeout: 60_000 })
      await expect(banner).toContainText(/^The database does not answer. .*Trying again…\s*since \d/)
    })
    await pause(STAYS_CUT_MS) // the length of the fault, not a wait for anything
    await test.step('what was read stays, and a change is refused at once and taken back', async () => {
      await expect(panel).toBeVisible()
      await page.screenshot({ path: test.info().outputPath('lost.png') })
      await page.keyboard.press('Escape')
      await expect(panel).toBeHidden()
      await dragTo(page, 'Moves', 'Review')
      await expect(toast(page, 'The database does not answer, so nothing was changed')).toBeVisible()
      await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Stays', 'Moves'])
      await banner.getByRole('button', { name: 'Try now' }).click()
      await expect(banner).toBeVisible()
    })
    await test.step('it is well again by itself', async () => {
      await network.mend()
      await expect(banner).toBeHidden({ timeout: 60_000 })
      await expect(toast(page, 'The database answers again')).toBeVisible()
      await dragTo(page, 'Moves', 'Review')
      await expect.poll(() => titlesIn(page, 'Review')).toEqual(['Moves'])
      await page.reload()
      await expect.poll(() => titlesIn(page, 'Review')).toEqual(['Moves'])
      expect(await titlesIn(page, 'Backlog')).toEqual(['Stays'])
    })
  })
}

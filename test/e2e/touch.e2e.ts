import type { CDPSession, Page } from '@playwright/test'
import { addCards, boxOf, makeBoard, titlesIn } from './fixtures/board.ts'
import { card, column, expect, test } from './fixtures/rangers.ts'

type Point = { x: number; y: number }

/** A finger: down, held until the card is taken up, over to the other place in steps, and off. */
async function touchDrag(page: Page, finger: CDPSession, from: Point, to: Point): Promise<void> {
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: Point[]) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints: points })
  await touch('touchStart', [from])
  await expect(page.locator('[data-dnd-overlay], [class*="overlay"]').first()).toBeVisible()
  for (let step = 1; step <= 8; step += 1) {
    const at = { x: from.x + ((to.x - from.x) * step) / 8, y: from.y + ((to.y - from.y) * step) / 8 }
    await touch('touchMove', [at])
  }
  await touch('touchEnd', [])
}

test('cards are dragged by a finger that rests first, on the board and over swimlanes', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Weed', 'Dig'])
  const finger = await page.context().newCDPSession(page)
  await finger.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 1 })
  const middle = async (of: ReturnType<typeof card>) => {
    const { x, y, width, height } = await boxOf(of)
    return { x: x + width / 2, y: y + height / 2 }
  }

  await test.step('on the board', async () => {
    const to = await boxOf(column(page, 'Review'))
    await touchDrag(page, finger, await middle(card(page, 'Dig')), { x: to.x + to.width / 2, y: to.y + 120 })
    await expect.poll(() => titlesIn(page, 'Review')).toEqual(['Dig'])
  })

  await test.step('over swimlanes', async () => {
    await card(page, 'Weed').focus()
    await page.keyboard.press('p')
    await page.getByRole('combobox').fill('urgent')
    await page.keyboard.press('Enter')
    await expect(card(page, 'Weed').getByRole('img', { name: 'Urgent' })).toBeVisible()
    await page.getByRole('button', { name: 'Sort and group' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Priority' }).last().click()
    const lane = (of: string, column: number) =>
      page.locator(`[data-lane="${of}"][data-lane-column]`).nth(column)
    const cell = lane('urgent', 3)
    // Nothing moves any more once each card lies in its lane.
    await expect(lane('urgent', 0).getByRole('article')).toHaveAccessibleName('GAR-1 Weed')
    await expect(lane('none', 2).getByRole('article')).toHaveAccessibleName('GAR-2 Dig')
    const to = await middle(cell)
    await touchDrag(page, finger, await middle(card(page, 'Dig')), to)
    await expect(cell.getByRole('article')).toHaveAccessibleName('GAR-2 Dig')
    await expect(card(page, 'Dig').getByRole('img', { name: 'Urgent' })).toBeVisible()
  })

  await test.step('a finger that moves at once scrolls, and a tap opens the card', async () => {
    const at = await middle(card(page, 'Dig'))
    await finger.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] })
    await finger.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] })
    await expect(page.getByRole('complementary', { name: 'GAR-2 Dig' })).toBeVisible()
  })
})

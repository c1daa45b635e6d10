import type { Page } from '@playwright/test'
import { addCards, boxOf, drag, makeBoard, toast } from './fixtures/board.ts'
import { card, expect, test } from './fixtures/rangers.ts'

const cell = (page: Page, lane: string, column: number) => page.locator(`[data-lane="${lane}"]`).nth(column)

test('swimlanes by priority: a drag to another lane and column changes both at once, and is undone at once', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Weed', 'Dig the pond'])
  await card(page, 'Weed').focus()
  await page.keyboard.press('p')
  await page.getByRole('combobox').fill('urgent')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Sort and group' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Priority' }).last().click()
  await expect(cell(page, 'urgent', 0).getByRole('article')).toHaveAccessibleName('GAR-1 Weed')
  await expect(cell(page, 'none', 0).getByRole('article')).toHaveAccessibleName('GAR-2 Dig the pond')

  await test.step('by mouse', async () => {
    const to = await boxOf(cell(page, 'urgent', 2))
    await drag(page, card(page, 'Dig the pond'), { x: to.x + to.width / 2, y: to.y + 12 })
    await expect(cell(page, 'urgent', 2).getByRole('article')).toHaveAccessibleName('GAR-2 Dig the pond')
    await expect(card(page, 'Dig the pond').getByRole('img', { name: 'Urgent' })).toBeVisible()
    await toast(page, 'GAR-2').getByRole('button', { name: 'Undo' }).click()
    await expect(cell(page, 'none', 0).getByRole('article')).toHaveAccessibleName('GAR-2 Dig the pond')
  })

  await test.step('arrows walk over the lanes, and a lane closes', async () => {
    await card(page, 'Weed').focus()
    await page.keyboard.press('ArrowDown')
    await expect(card(page, 'Dig the pond')).toBeFocused()
    await page.getByRole('button', { name: /^No priority/ }).click()
    await expect(card(page, 'Dig the pond')).toHaveCount(0)
  })

  await test.step('a card is written in its column', async () => {
    await page.getByRole('button', { name: 'Add a card to Backlog' }).click()
    await page.getByLabel('Title of the new card in Backlog').fill('Prune')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: /^No priority/ }).click()
    await expect(card(page, 'Prune')).toBeVisible()
  })
})

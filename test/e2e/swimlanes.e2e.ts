import type { Page } from '@playwright/test'
import { addCards, boxOf, drag, makeBoard, toast } from './fixtures/board.ts'
import { card, expect, test } from './fixtures/rangers.ts'

const cell = (page: Page, lane: string, column: number) => page.locator(`[data-lane="${lane}"]`).nth(column)

async function groupBy(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: 'Sort and group' }).click()
  await page.getByRole('menuitemcheckbox', { name }).last().click()
}

test('swimlanes by priority and assignee: a drag to another lane changes that of the card, with its column, and is undone at once', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Weed', 'Dig the pond'])
  await card(page, 'Weed').focus()
  await page.keyboard.press('p')
  await page.getByRole('combobox').fill('urgent')
  await page.keyboard.press('Enter')
  await groupBy(page, 'Priority')
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

  await test.step('by keyboard: over the lanes and columns, said on the way, dropped or left', async () => {
    const told = page.getByRole('status').filter({ hasText: /picked up|Over|dropped|stays/ })
    await card(page, 'Dig the pond').focus()
    await page.keyboard.press('Space')
    await expect(told).toHaveText('“Dig the pond” picked up. In No priority, Backlog, position 1.')
    await page.keyboard.press('ArrowUp')
    await expect(told).toHaveText('Over Urgent, Backlog, position 2.')
    await page.keyboard.press('ArrowRight')
    await expect(told).toHaveText('Over Urgent, In progress, which starts agents, position 1.')
    await page.keyboard.press('Escape')
    await expect(told).toHaveText('“Dig the pond” stays where it was.')
    await expect(cell(page, 'none', 0).getByRole('article')).toHaveAccessibleName('GAR-2 Dig the pond')
    await expect(card(page, 'Dig the pond')).toBeFocused()
    for (const key of ['Space', 'ArrowUp', 'ArrowRight', 'ArrowRight', 'Space'])
      await page.keyboard.press(key)
    await expect(cell(page, 'urgent', 2).getByRole('article')).toHaveAccessibleName('GAR-2 Dig the pond')
    await expect(card(page, 'Dig the pond').getByRole('img', { name: 'Urgent' })).toBeVisible()
    await page.keyboard.press('Control+z')
    await expect(cell(page, 'none', 0).getByRole('article')).toHaveAccessibleName('GAR-2 Dig the pond')
  })

  await test.step('several selected cards go together', async () => {
    await card(page, 'Weed').click({ modifiers: ['Control'] })
    await card(page, 'Dig the pond').click({ modifiers: ['Control'] })
    const to = await boxOf(cell(page, 'none', 3))
    await drag(page, card(page, 'Dig the pond, selected'), { x: to.x + to.width / 2, y: to.y + 12 })
    await expect(page.locator('[data-lane="none"][data-lane-column]').getByRole('article')).toHaveCount(2)
    await page.keyboard.press('Control+z')
    await expect(cell(page, 'urgent', 0).getByRole('article')).toHaveAccessibleName(/GAR-1 Weed/)
    await page.keyboard.press('Escape')
  })

  await test.step('a column has its menu above the lanes', async () => {
    await page.getByRole('button', { name: 'Options of Review' }).click()
    await page.getByRole('menuitem', { name: 'Rename' }).click()
    await page.getByLabel('Name of the column').fill('Check')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Check' })).toBeVisible()
    await page.getByRole('button', { name: 'Options of Check' }).click()
    await page.getByRole('menuitem', { name: 'Move left' }).click()
    await expect(page.getByRole('heading', { level: 2 }).nth(1)).toHaveText('Check')
    await page.keyboard.press('Control+z')
    await page.keyboard.press('Control+z')
    await expect(page.getByRole('heading', { level: 2 }).nth(2)).toHaveText('Review')
  })

  await test.step('by assignee: mouse and keys give a card to whose lane it goes to, and to nobody', async () => {
    await card(page, 'Weed').focus()
    await page.keyboard.press('a')
    await page.getByRole('combobox').fill('demo')
    await page.keyboard.press('Enter')
    await expect(card(page, 'Weed')).toContainText('Assigned to Demo agent')
    await groupBy(page, 'Assignee')
    const agent = 'agent:scripted'
    await expect(cell(page, agent, 0).getByRole('article')).toHaveAccessibleName('GAR-1 Weed')
    const to = await boxOf(cell(page, agent, 2))
    await drag(page, card(page, 'Dig the pond'), { x: to.x + to.width / 2, y: to.y + 12 })
    await expect(cell(page, agent, 2).getByRole('article')).toHaveAccessibleName('GAR-2 Dig the pond')
    await expect(card(page, 'Dig the pond')).toContainText('Assigned to Demo agent')
    await page.keyboard.press('Control+z')
    await expect(cell(page, 'none', 0).getByRole('article')).toHaveAccessibleName('GAR-2 Dig the pond')

    await card(page, 'Weed').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    const told = page.getByRole('status').filter({ hasText: /Over/ })
    await expect(told).toHaveText(/^Over Nobody, Backlog, position \d\.$/)
    await page.keyboard.press('Space')
    await expect(page.locator(`[data-lane="${agent}"]`)).toHaveCount(0)
    await expect(card(page, 'Weed')).not.toContainText('Assigned to')
    await page.keyboard.press('Control+z')
    await expect(cell(page, agent, 0).getByRole('article')).toHaveAccessibleName('GAR-1 Weed')
    await groupBy(page, 'Priority')
    await expect(cell(page, 'urgent', 0).getByRole('article')).toHaveAccessibleName('GAR-1 Weed')
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

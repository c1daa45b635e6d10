import type { Page } from '@playwright/test'
import { addCards, makeBoard } from './fixtures/board.ts'
import { expect, test } from './fixtures/rangers.ts'

const grid = (page: Page) => page.getByRole('grid')
const cell = (page: Page, title: string, column: string) =>
  grid(page).getByRole('row').filter({ hasText: title }).locator(`[data-column="${column}"]`)
const titles = (page: Page) => grid(page).locator('[role=gridcell][data-column="title"]').allTextContents()

test('a board as a table is sorted, edited by keyboard, grouped and arranged', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Weed', 'Dig the pond', 'Water the roses'])
  await page.keyboard.press('v')
  await page.keyboard.press('t')
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '4')

  await test.step('arrows go from cell to cell, Enter edits, and the focus stays', async () => {
    await cell(page, 'Weed', 'title').focus()
    await page.keyboard.press('Enter')
    await page.getByRole('textbox', { name: 'Title of GAR-1' }).fill('Weed the beds')
    await page.keyboard.press('Enter')
    await expect(cell(page, 'Weed the beds', 'title')).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('ArrowRight')
    await page.keyboard.press('Enter')
    await page.keyboard.type('urg')
    await page.keyboard.press('Enter')
    await expect(cell(page, 'Weed the beds', 'priority')).toHaveText('Urgent')
    await expect(cell(page, 'Weed the beds', 'priority')).toBeFocused()
    await page.keyboard.press('End')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowLeft')
    await page.keyboard.press('ArrowDown')
    await expect(cell(page, 'Dig the pond', 'estimate')).toBeFocused()
    await page.keyboard.press('F2')
    await page.getByRole('spinbutton', { name: 'Estimate of GAR-2' }).fill('5')
    await page.keyboard.press('Enter')
    await expect(cell(page, 'Dig the pond', 'estimate')).toHaveText('5')
  })

  await test.step('a due date and a column are set by mouse', async () => {
    await cell(page, 'Dig the pond', 'due').click()
    await page.getByLabel('Due of GAR-2').fill('2020-01-31')
    await page.keyboard.press('Enter')
    await expect(cell(page, 'Dig the pond', 'due')).toContainText('(overdue)')
    await cell(page, 'Dig the pond', 'column').click()
    await page.getByRole('option', { name: 'Review' }).click()
    await expect(cell(page, 'Dig the pond', 'column')).toHaveText('Review')
  })

  await test.step('heads sort up, down and not at all', async () => {
    const head = grid(page).getByRole('columnheader', { name: 'Title' })
    await head.click()
    await expect.poll(() => titles(page)).toEqual(['Dig the pond', 'Water the roses', 'Weed the beds'])
    await expect(head).toHaveAttribute('aria-sort', 'ascending')
    await head.click()
    await expect.poll(() => titles(page)).toEqual(['Weed the beds', 'Water the roses', 'Dig the pond'])
    await head.click()
    await expect.poll(() => titles(page)).toEqual(['Weed the beds', 'Water the roses', 'Dig the pond'])
    await expect(head).not.toHaveAttribute('aria-sort')
  })

  await test.step('columns are hidden and made wider, and stay so', async () => {
    await page.getByRole('button', { name: 'Columns of the table' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Created' }).click()
    await expect(grid(page).getByRole('columnheader', { name: 'Created' })).toHaveCount(0)
    const title = grid(page).getByRole('columnheader', { name: 'Title' })
    const width = async () => (await title.boundingBox())?.width
    const before = await width()
    await title.focus()
    await page.keyboard.press('Alt+ArrowRight')
    await expect.poll(width).toBe((before ?? 0) + 16)
    await page.reload()
    await expect(grid(page).getByRole('columnheader', { name: 'Created' })).toHaveCount(0)
    await expect.poll(width).toBe((before ?? 0) + 16)
  })

  await test.step('grouped by priority; a group closes', async () => {
    await page.getByRole('button', { name: 'Sort and group' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Priority' }).last().click()
    const group = grid(page).getByRole('gridcell', { name: /No priority/ })
    await expect(group).toHaveAttribute('aria-expanded', 'true')
    await group.click()
    await expect.poll(() => titles(page)).toEqual(['Weed the beds'])
  })

  await test.step('and what was done is there on the board, in swimlanes', async () => {
    await page.keyboard.press('v')
    await page.keyboard.press('b')
    const review = page.locator('[data-lane="none"]').nth(2)
    await expect(review.getByRole('article')).toHaveAccessibleName('GAR-2 Dig the pond')
  })
})

import type { Page } from '@playwright/test'
import { addCards, columnNames, makeBoard, titlesIn, toast } from './fixtures/board.ts'
import { card, column, dragTo, expect, test } from './fixtures/rangers.ts'

const bar = (page: Page) => page.getByRole('toolbar', { name: 'Selected cards' })
const titles = async (page: Page, name: string) =>
  (await titlesIn(page, name)).map((title) => title.replace(/, selected$/, ''))
const undo = (page: Page) => page.keyboard.press('Control+z')
const redo = (page: Page) => page.keyboard.press('Control+Shift+z')

test('several cards are changed at once, and all that was done is undone and done again', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Dig', 'Water', 'Weed', 'Prune'])

  await test.step('cards are selected by mouse and by key, which is told', async () => {
    await card(page, 'Dig').click({ modifiers: ['Control'] })
    await expect(bar(page).getByRole('status')).toHaveText('1 card selected')
    await card(page, 'Weed').click({ modifiers: ['Shift'] })
    await expect(bar(page).getByRole('status')).toHaveText('3 cards selected')
    await card(page, 'Water').focus()
    await page.keyboard.press('x')
    await expect(bar(page).getByRole('status')).toHaveText('2 cards selected')
    await page.keyboard.press('Escape')
    await expect(bar(page)).toHaveCount(0)

    await card(page, 'Dig').focus()
    await page.keyboard.press('Shift+ArrowDown')
    await expect(bar(page).getByRole('status')).toHaveText('2 cards selected')
    await expect(card(page, 'Water, selected')).toBeFocused()
  })

  await test.step('they are moved together and keep their order', async () => {
    await page.keyboard.press('m')
    await page.keyboard.type('done')
    await page.keyboard.press('Enter')
    await expect.poll(() => titles(page, 'Done')).toEqual(['Dig', 'Water'])
    await expect(toast(page, 'Moved 2 cards to Done')).toBeVisible()
  })

  await test.step('they get a priority together', async () => {
    await bar(page).getByRole('button', { name: 'Set priority…' }).click()
    await page.keyboard.type('urgent')
    await page.keyboard.press('Enter')
    await expect(column(page, 'Done').getByLabel('Urgent')).toHaveCount(2)
  })

  await test.step('they are assigned together', async () => {
    await bar(page).getByRole('button', { name: 'Assign…' }).click()
    await page.keyboard.type('demo')
    await page.keyboard.press('Enter')
    await expect(column(page, 'Done').getByText('Assigned to Demo agent')).toHaveCount(2)
    await undo(page)
    await expect(column(page, 'Done').getByText('Assigned to Demo agent')).toHaveCount(0)
  })

  await test.step('both are undone, and done again', async () => {
    await card(page, 'Dig').focus()
    await undo(page)
    await expect(column(page, 'Done').getByLabel('Urgent')).toHaveCount(0)
    await undo(page)
    await expect.poll(() => titles(page, 'Backlog')).toEqual(['Dig', 'Water', 'Weed', 'Prune'])
    await redo(page)
    await expect.poll(() => titles(page, 'Done')).toEqual(['Dig', 'Water'])
    await toast(page, 'Done again: moved 2 cards to Done').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => titles(page, 'Backlog')).toEqual(['Dig', 'Water', 'Weed', 'Prune'])
  })

  await test.step('a refused move says why, and is done anyway', async () => {
    await page.getByRole('button', { name: 'Options of Review' }).click()
    await page.getByRole('menuitem', { name: 'Card limit…' }).click()
    await page.getByLabel('At most').fill('1')
    await page.keyboard.press('Enter')
    await card(page, 'Dig').focus()
    await page.keyboard.press('Control+a')
    await expect(bar(page).getByRole('status')).toHaveText('4 cards selected')
    await page.keyboard.press('m')
    await page.keyboard.type('review')
    await page.keyboard.press('Enter')
    await toast(page, 'Not moved 4 cards to Review').getByRole('button', { name: 'Do it anyway' }).click()
    await expect.poll(() => titles(page, 'Review')).toEqual(['Dig', 'Water', 'Weed', 'Prune'])
    await undo(page)
    await expect.poll(() => titles(page, 'Backlog')).toEqual(['Dig', 'Water', 'Weed', 'Prune'])
    await page.keyboard.press('Escape')
  })

  await test.step('they are dragged together', async () => {
    await card(page, 'Weed').click({ modifiers: ['Control'] })
    await card(page, 'Dig').click({ modifiers: ['Control'] })
    await dragTo(page, 'Weed', 'Done')
    await expect.poll(() => titles(page, 'Done')).toEqual(['Dig', 'Weed'])
    await undo(page)
    await expect.poll(() => titles(page, 'Backlog')).toEqual(['Dig', 'Water', 'Weed', 'Prune'])
  })

  await test.step('they are duplicated, archived and deleted', async () => {
    await page.keyboard.press('Control+d')
    await expect.poll(() => titles(page, 'Backlog')).toHaveLength(6)
    await undo(page)
    await expect.poll(() => titles(page, 'Backlog')).toHaveLength(4)
    await page.keyboard.press('Shift+a')
    await expect.poll(() => titles(page, 'Backlog')).toEqual(['Water', 'Prune'])
    await expect(bar(page)).toHaveCount(0)
    await undo(page)
    await expect.poll(() => titles(page, 'Backlog')).toEqual(['Dig', 'Water', 'Weed', 'Prune'])
  })

  await test.step('the menu of one of them is for all of them', async () => {
    await card(page, 'Dig').click({ modifiers: ['Control'] })
    await card(page, 'Prune').click({ modifiers: ['Control'] })
    await card(page, 'Dig').click({ button: 'right' })
    await page.getByRole('menuitem', { name: 'Delete 2 cards' }).click()
    await expect.poll(() => titles(page, 'Backlog')).toEqual(['Water', 'Weed'])
    await toast(page, 'Deleted 2 cards').getByRole('button', { name: 'Undo' }).click()
    await expect.poll(() => titles(page, 'Backlog')).toEqual(['Dig', 'Water', 'Weed', 'Prune'])
  })

  await test.step('columns are undone too, and the keys of a field stay its own', async () => {
    await page.getByRole('button', { name: 'Add column' }).click()
    await page.getByLabel('Name of the new column').fill('Someday')
    await undo(page)
    await expect(page.getByLabel('Name of the new column')).not.toHaveValue('Someday')
    await page.getByLabel('Name of the new column').fill('Someday')
    await page.keyboard.press('Enter')
    await expect(column(page, 'Someday')).toBeVisible()
    await page.keyboard.press('Escape')
    await undo(page)
    await expect.poll(() => columnNames(page)).toEqual(['Backlog', 'In progress', 'Review', 'Done'])
    await redo(page)
    await expect.poll(() => columnNames(page)).toContain('Someday')
  })

  await test.step('agents are run on them together; without a folder each card says what to do', async () => {
    await card(page, 'Dig').click({ modifiers: ['Control'] })
    await card(page, 'Weed').click({ modifiers: ['Control'] })
    await bar(page).getByRole('button', { name: 'Run agents' }).click()
    await expect(toast(page, 'Agents start on 2 cards')).toBeVisible()
    const reason = page.getByRole('article').getByText('This board has no folder to work in.')
    await expect(reason).toHaveCount(2)
  })
})

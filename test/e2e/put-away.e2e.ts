import { addCards, makeBoard, titlesIn, toast } from './fixtures/board.ts'
import { card, column, expect, test } from './fixtures/rangers.ts'
import { checkThemes } from './fixtures/violations.ts'

test('what is put away or deleted is found again, and goes for good only when asked', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Dig', 'Water', 'Weed'])

  await test.step('archived cards are found by their title and come back', async () => {
    await card(page, 'Dig').click({ modifiers: ['Control'] })
    await card(page, 'Water').click({ modifiers: ['Control'] })
    await page.keyboard.press('Shift+a')
    await expect(toast(page, 'Archived 2 cards')).toBeVisible()
    await page.getByRole('button', { name: 'Options of the board' }).click()
    await page.getByRole('menuitem', { name: 'Archived cards' }).click()
    await expect(page.getByRole('heading', { name: 'Archive of Garden' })).toBeVisible()
    const archived = page.getByRole('list', { name: 'Archived cards' }).getByRole('listitem')
    await expect(archived).toHaveCount(2)
    await page.getByLabel('Search the archive').fill('gar-1')
    await expect(archived).toHaveText([/GAR-1 Dig/])
    await page.getByLabel('Search the archive').fill('wat')
    await expect(archived).toHaveText([/GAR-2 Water/])
    await page.getByRole('button', { name: 'Restore GAR-2' }).click()
    await expect(toast(page, 'GAR-2 is back on the board')).toBeVisible()
    await page.getByRole('link', { name: 'Back to the board' }).click()
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Water', 'Weed'])
  })

  await test.step('all cards of a column are archived at once, and undone', async () => {
    await page.getByRole('button', { name: 'Options of Backlog' }).click()
    await page.getByRole('menuitem', { name: 'Archive its cards' }).click()
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual([])
    await page.keyboard.press('Control+z')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Water', 'Weed'])
  })

  await test.step('a deleted card and column are put back from the trash', async () => {
    await card(page, 'Weed').focus()
    await page.keyboard.press('Delete')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Water'])
    await page.getByRole('button', { name: 'Options of Review' }).click()
    await page.getByRole('menuitem', { name: 'Delete column' }).click()
    await expect(column(page, 'Review')).toBeHidden()
    await page.getByRole('link', { name: 'Trash', exact: true }).click()
    const deleted = page.getByRole('list', { name: 'Deleted' }).getByRole('listitem')
    await expect(deleted).toHaveText([
      /^Review.*Column of Garden, deleted just now by /,
      /^GAR-3 Weed.*Card of Garden/,
    ])
    await page.getByRole('button', { name: 'Restore Review' }).click()
    await expect(deleted).toHaveCount(1)
  })

  await test.step('what was put back goes to the trash again by its message and by the key, and back', async () => {
    const deleted = page.getByRole('list', { name: 'Deleted' }).getByRole('listitem')
    await page.getByRole('button', { name: 'Restore Weed' }).click()
    await expect(deleted).toHaveCount(0)
    await toast(page, '“Weed” is back').getByRole('button', { name: 'Undo' }).click()
    await expect(deleted).toHaveText([/GAR-3 Weed/])
    await page.keyboard.press('Control+z')
    await expect(deleted).toHaveText([/^Review/, /GAR-3 Weed/])
    await page.keyboard.press('Control+Shift+z')
    await expect(deleted).toHaveText([/GAR-3 Weed/])
  })

  await test.step('many are found by their name, and brought back one after the other by keyboard', async () => {
    await page.getByRole('link', { name: 'Garden' }).first().click()
    await addCards(page, 'Backlog', ['Plant 1', 'Plant 2', 'Plant 3'])
    await card(page, 'Plant 1').focus()
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Delete')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Water'])
    await page.getByRole('link', { name: 'Trash', exact: true }).click()
    const deleted = page.getByRole('list', { name: 'Deleted' }).getByRole('listitem')
    await expect(deleted).toHaveCount(4)
    await page.getByLabel('Search the trash').fill('plant')
    await expect(deleted).toHaveCount(3)
    await deleted
      .first()
      .getByRole('button', { name: /^Restore Plant/ })
      .focus()
    for (const left of [2, 1, 0]) {
      await page.keyboard.press('Enter')
      await expect(deleted).toHaveCount(left)
      if (left > 0)
        await expect(deleted.first().getByRole('button', { name: /^Restore Plant/ })).toBeFocused()
    }
    await expect(page.getByRole('heading', { name: 'Nothing deleted has that in its name' })).toBeVisible()
    await page.getByLabel('Search the trash').fill('')
    await expect(deleted).toHaveText([/GAR-3 Weed/])
  })

  await test.step('several are chosen by their boxes, and come back and go again together', async () => {
    await page.getByRole('link', { name: 'Garden' }).first().click()
    await addCards(page, 'Backlog', ['Sow 1', 'Sow 2'])
    await card(page, 'Sow 1').focus()
    await page.keyboard.press('Shift+ArrowDown')
    await page.keyboard.press('Delete')
    await expect(toast(page, 'Deleted 2 cards')).toBeVisible()
    await page.getByRole('link', { name: 'Trash', exact: true }).click()
    const deleted = page.getByRole('list', { name: 'Deleted' }).getByRole('listitem')
    await expect(deleted).toHaveCount(3)
    const boxes = deleted.getByRole('checkbox')
    await boxes.first().check()
    await boxes.nth(1).click({ modifiers: ['Shift'] })
    await expect(page.getByText('2 selected')).toBeVisible()
    await checkThemes(page, 'rows of the trash that are selected')
    await page.getByRole('button', { name: 'Restore 2 selected' }).press('Enter')
    await expect(deleted).toHaveText([/GAR-3 Weed/])
    await expect(boxes).toBeFocused()
    await toast(page, '2 are back').getByRole('button', { name: 'Undo' }).click()
    await expect(deleted).toHaveCount(3)
    await boxes.first().focus()
    await page.keyboard.press('Control+a')
    await expect(page.getByText('3 selected')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(deleted.getByRole('checkbox', { checked: true })).toHaveCount(0)
  })

  await test.step('what is deleted for good is asked first, and gone', async () => {
    await page.getByRole('button', { name: 'Empty trash…' }).click()
    await expect(page.getByRole('alertdialog')).toContainText('cannot be undone')
    await page.getByRole('alertdialog').getByRole('button', { name: 'Empty trash' }).click()
    await expect(page.getByRole('heading', { name: 'The trash is empty' })).toBeVisible()
    await page.getByRole('link', { name: 'Garden' }).first().click()
    await expect(column(page, 'Review')).toBeVisible()
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Water', 'Plant 1', 'Plant 2', 'Plant 3'])
  })
})

import type { Page } from '@playwright/test'
import { addCards, announcement, boxOf, columnNames, makeBoard, titlesIn, toast } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { card, column, dragTo, expect, test } from './fixtures/rangers.ts'

/** Does what the menu of a column offers, by keyboard alone. */
async function choose(page: Page, name: string, entry: string): Promise<void> {
  await page.getByRole('button', { name: `Options of ${name}` }).focus()
  await page.keyboard.press('Enter')
  const item = page.getByRole('menuitem', { name: entry })
  await item.waitFor()
  await page.keyboard.type(entry.slice(0, 8))
  await expect(item).toBeFocused()
  await page.keyboard.press('Enter')
}

test('columns are narrowed to a strip, hold their limit, and keep the rules of the board', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Rules')
  await addCards(page, 'Backlog', ['One', 'Two', 'Three', 'Four'])
  const strip = (name: string) => page.getByRole('button', { name: `Expand ${name}` })

  await test.step('a strip takes cards at its end, and stays one', async () => {
    await choose(page, 'Done', 'Collapse')
    await expect(strip('Done')).toBeVisible()
    await dragTo(page, 'One', 'Done')
    await expect(strip('Done')).toHaveAccessibleName('Expand Done, 1 card')
    await card(page, 'Two').focus()
    // On a slow machine too: keys that are quicker than the drawing are heard.
    const devTools = await page.context().newCDPSession(page)
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: 8 })
    await page.keyboard.press('Space')
    for (const key of ['ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key)
    await devTools.send('Emulation.setCPUThrottlingRate', { rate: 1 })
    await expect(announcement(page)).toContainText('RUL-2 is over Done, position 2')
    await page.keyboard.press('Space')
    await expect(strip('Done')).toHaveAccessibleName('Expand Done, 2 cards')
    await page.reload()
    await strip('Done').click()
    await expect.poll(() => titlesIn(page, 'Done')).toEqual(['One', 'Two'])
  })

  await test.step('a column is moved by its menu', async () => {
    await choose(page, 'Review', 'Move left')
    await expect.poll(() => columnNames(page)).toEqual(['Backlog', 'Review', 'In progress', 'Done'])
  })

  await test.step('its colour, and what it is for, are chosen in its menu', async () => {
    const options = page.getByRole('button', { name: 'Options of Review' })
    await options.click()
    await page.getByRole('menuitemradio', { name: 'Green' }).click()
    await options.click()
    await expect(page.getByRole('menuitemradio', { name: 'Green' })).toBeChecked()
    const isDone = page.getByRole('menuitemcheckbox', { name: 'Work that is done' })
    await isDone.click()
    await options.click()
    await expect(isDone).toBeChecked()
    await isDone.click()
    await options.click()
    await expect(isDone).not.toBeChecked()
    await page.keyboard.press('Escape')
    await expect(page.getByRole('menu')).toHaveCount(0)
  })

  await test.step('a full column warns, refuses, and gives way to who insists', async () => {
    await choose(page, 'Review', 'Card limit')
    await page.getByLabel('At most').fill('1')
    await page.keyboard.press('Enter')
    // What opened the menu has the focus again, for the next key.
    await expect(page.getByRole('button', { name: 'Options of Review' })).toBeFocused()
    await dragTo(page, 'Three', 'Review')
    await expect(column(page, 'Review')).toContainText('1/1, At its limit of 1 card')
    await dragTo(page, 'Four', 'Review')
    await expect(toast(page, '“Four” was not moved')).toContainText('“Review” has 1 card and a limit of 1.')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Four'])
    await toast(page, '“Four” was not moved').getByRole('button', { name: 'Move anyway' }).click()
    await expect.poll(() => titlesIn(page, 'Review')).toEqual(['Three', 'Four'])
    await expect(column(page, 'Review')).toContainText('2/1, 1 card above the limit of 1')

    await page.getByRole('button', { name: 'Add a card to Review' }).click()
    await expect(column(page, 'Review').getByRole('status')).toContainText('Enter adds the card above it')
    await page.getByLabel('Title of the new card in Review').fill('Five')
    await page.keyboard.press('Enter')
    await expect.poll(() => titlesIn(page, 'Review')).toEqual(['Three', 'Four', 'Five'])
    await page.keyboard.press('Escape')
  })

  await test.step('a column that the rules close says so while a card is held, and refuses it', async () => {
    await queryDatabase(
      folder,
      `INSERT INTO board_transitions (board_id, from_column_id, to_column_id)
       SELECT one.board_id, one.id, other.id FROM columns one, columns other
        WHERE one.name = 'Review' AND other.name = 'Backlog'`,
    )
    await page.reload()
    const from = await boxOf(card(page, 'Three'))
    const to = await boxOf(column(page, 'Done'))
    await page.mouse.move(from.x + 40, from.y + from.height / 2)
    await page.mouse.down()
    await page.mouse.move(from.x + 60, from.y + from.height / 2, { steps: 4 })
    await expect(column(page, 'Done')).toContainText('Not from Review')
    await expect(column(page, 'Backlog')).not.toContainText('Not from Review')
    await page.mouse.move(to.x + to.width / 2, to.y + 80, { steps: 8 })
    await expect(announcement(page)).toContainText('the rules of this board do not let it go')
    await page.mouse.up()
    await expect(toast(page, '“Three” was not moved')).toContainText('cards may go to “Backlog”')
    await expect.poll(() => titlesIn(page, 'Review')).toEqual(['Three', 'Four', 'Five'])

    await card(page, 'Three').click({ button: 'right' })
    await expect(page.getByRole('menuitem', { name: /^Done/ })).toBeDisabled()
    await expect(page.getByRole('menuitem', { name: /^Backlog/ })).toBeEnabled()
    await page.keyboard.press('Escape')
  })
})

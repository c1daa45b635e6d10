import { addCards, makeBoard, titlesIn } from './fixtures/board.ts'
import { card, expect, test } from './fixtures/rangers.ts'

test('cards are written from anywhere, one after the other or many lines at once', async ({
  rangers: { page },
}) => {
  const dialog = page.getByRole('dialog', { name: 'New card' })
  const title = page.getByLabel(/^Title of the new card in/)
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Dig'])

  await test.step('Enter adds, and stays for the next one', async () => {
    await card(page, 'Dig').focus()
    await page.keyboard.press('c')
    await expect(title).toBeFocused()
    await page.keyboard.type('Water !high #unknown')
    await expect(dialog.getByRole('status', { name: 'What the card gets' })).toContainText('High')
    await page.keyboard.press('Enter')
    await expect(dialog.getByText('“Water #unknown” added')).toBeVisible()
    await expect(title).toBeFocused()
    await expect(title).toHaveValue('')
  })

  await test.step('lines that are pasted become a card each', async () => {
    await title.evaluate((element) => {
      const data = new DataTransfer()
      data.setData('text/plain', '- Weed\n- Prune\n- Rake')
      element.dispatchEvent(
        new ClipboardEvent('paste', { clipboardData: data, bubbles: true, cancelable: true }),
      )
    })
    await dialog.getByRole('button', { name: 'Add 3 cards' }).click()
    await expect(dialog.getByText('3 cards added')).toBeVisible()
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect
      .poll(() => titlesIn(page, 'Backlog'))
      .toEqual(['Dig', 'Water #unknown', 'Weed', 'Prune', 'Rake'])
    await expect(card(page, 'Rake')).toBeFocused()
  })

  await test.step('all of them are undone at once, and done again', async () => {
    await page.keyboard.press('Control+z')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Dig', 'Water #unknown'])
    await page.keyboard.press('Control+y')
    await expect.poll(() => titlesIn(page, 'Backlog')).toHaveLength(5)
  })

  await test.step('from another page, into another column, and opened', async () => {
    await page.keyboard.press('Control+,')
    await expect(page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
    await page.keyboard.press('c')
    await title.fill('Harvest')
    await dialog.getByRole('button', { name: /^Column:/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Review' }).click()
    await title.focus()
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('complementary', { name: 'GAR-6 Harvest' })).toBeVisible()
    await expect.poll(() => titlesIn(page, 'Review')).toEqual(['Harvest'])
  })
})

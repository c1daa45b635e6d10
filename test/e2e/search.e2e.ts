import { addCards, makeBoard } from './fixtures/board.ts'
import { expect, test } from './fixtures/rangers.ts'

test('cards of all boards are found in the palette and on a page of their own', async ({
  rangers: { page },
}) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Water the roses', 'Dig the pond'])
  await makeBoard(page, 'Kitchen')
  await addCards(page, 'Backlog', ['Rose hip jam'])
  const option = (name: RegExp) => page.getByRole('option', { name })

  await test.step('in the palette, also by the key of another board', async () => {
    await page.keyboard.press('Control+k')
    await page.keyboard.type('rose')
    await expect(option(/Water the roses/)).toContainText('GAR-1 · Garden · Backlog')
    await page.getByRole('combobox').fill('gar-2')
    await expect(option(/Dig the pond/)).toBeVisible()
    await option(/Dig the pond/).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Garden' })).toBeVisible()
    await expect(page.getByRole('heading', { name: 'Dig the pond' })).toBeVisible()
    await page.keyboard.press('Escape')
  })

  const field = page.getByRole('searchbox', { name: 'Search all boards' })
  const results = page.getByRole('list', { name: 'Found cards' }).getByRole('link')

  await test.step('on the page, marked, and kept in the address', async () => {
    await page.keyboard.press('Control+Shift+f')
    await expect(field).toBeFocused()
    await field.fill('rose')
    await expect(results).toHaveCount(2)
    await expect(results.locator('mark').first()).toHaveText(/^rose/i)
    await page.reload()
    await expect(field).toHaveValue('rose')
    await expect(results).toHaveCount(2)
    await field.fill('tulip')
    await expect(page.getByRole('heading', { name: 'Nothing fits “tulip”' })).toBeVisible()
  })

  await test.step('and opened by keyboard, and come back to', async () => {
    await field.fill('kit-1')
    await expect(results).toHaveCount(1)
    await field.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { name: 'Rose hip jam' })).toBeVisible()
    await page.goBack()
    await expect(field).toHaveValue('kit-1')
  })
})

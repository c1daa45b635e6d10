import { addCards, makeBoard } from './fixtures/board.ts'
import { card, dragTo, expect, test } from './fixtures/rangers.ts'

test('the insights of a board draw its figures and tell them as tables', async ({ rangers: { page } }) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Weed', 'Dig the pond'])
  await dragTo(page, 'Weed', 'Review')
  await dragTo(page, 'Weed', 'Done')
  await expect(page.getByRole('region', { name: 'Done' }).getByRole('article')).toHaveCount(1)
  await card(page, 'Weed').focus()
  await page.keyboard.press('v')
  await page.keyboard.press('i')

  const numbers = (of: string) => page.getByRole('region', { name: `Numbers of ${of}` })
  await test.step('flow, cycle time and throughput', async () => {
    await expect(numbers('Cumulative flow').getByRole('row').nth(1)).toContainText('1')
    await expect(page.getByRole('img', { name: /^Cumulative flow: 1 cards? / })).toBeVisible()
    await expect(numbers('Cycle time').getByRole('rowheader', { name: 'GAR-1' })).toBeVisible()
    await expect(
      page
        .getByRole('img', { name: /^Cycle time/ })
        .locator('svg.recharts-surface')
        .first(),
    ).toBeVisible()
    await expect(page.getByRole('img', { name: 'Throughput: 1 card finished, by the week.' })).toBeVisible()
  })
  await test.step('what has no figures says so', async () => {
    await expect(page.getByText('No agent has worked in this time.')).toBeVisible()
  })
  await test.step('of other days', async () => {
    await page.getByLabel('First day').fill('2020-01-01')
    await page.getByLabel('Last day').fill('2020-01-31')
    await expect(page.getByText('No card was finished in this time.').first()).toBeVisible()
    await page.getByRole('radio', { name: '2 weeks' }).click()
    await expect(numbers('Cycle time')).toBeVisible()
  })
})

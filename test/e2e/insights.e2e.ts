import { addCards, makeBoard } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { card, dragTo, expect, test } from './fixtures/rangers.ts'
import { recordRun } from './fixtures/recorded-run.ts'

test('the insights of a board draw its figures and tell them as tables', async ({
  rangers: { page },
  folder,
}) => {
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
  await test.step('rework and cost per day', async () => {
    const { id } = await recordRun(folder, { notices: 1, printed: 1 })
    await queryDatabase(folder, 'UPDATE executions SET iteration = 3 WHERE id = $1', [id])
    await queryDatabase(
      folder,
      'UPDATE steps SET started_at = now(), cost_usd = 1.25, input_tokens = 4000, output_tokens = 600 WHERE execution_id = $1',
      [id],
    )
    await page.reload()
    await expect(numbers('Rework').getByRole('row')).toHaveText(['RoundsRuns', '31'])
    await expect(page.getByRole('img', { name: 'Rework: 0 of 1 run needed one round only.' })).toBeVisible()
    await expect(numbers('Cost per day').getByRole('row').nth(1)).toContainText('Claude$1.254K600')
    await expect(page.getByRole('img', { name: /^Cost per day: \$1\.25 in all/ })).toBeVisible()
  })
  await test.step('of other days', async () => {
    await page.getByLabel('First day').fill('2020-01-01')
    await page.getByLabel('Last day').fill('2020-01-31')
    await expect(page.getByText('No card was finished in this time.').first()).toBeVisible()
    await page.getByRole('radio', { name: '2 weeks' }).click()
    await expect(numbers('Cycle time')).toBeVisible()
  })
})

import { AxeBuilder } from '@axe-core/playwright'
import { makeBoard, toast } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { expect, test } from './fixtures/rangers.ts'

test('what models cost is seen from each side; limits and prices are set, and set back', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Dear')
  await queryDatabase(
    folder,
    `INSERT INTO model_calls (board_id, provider, model, phase, input_tokens, output_tokens, cost_usd, is_estimate)
     SELECT id, 'anthropic', 'claude-opus-5-5', 'development', 1000, 500, 1.25, false FROM boards
     UNION ALL SELECT id, 'acp:opencode', 'strange-model', 'review', 10, 5, NULL, true FROM boards`,
  )

  await test.step('by day, by model, by board', async () => {
    await page.getByRole('link', { name: 'Usage' }).click()
    const main = page.getByRole('main')
    await expect(main.getByText('$1.25 in all, some of it estimated, for 2 calls of models.')).toBeVisible()
    await expect(main).toContainText('1 call without a price')
    await page.getByRole('radio', { name: 'Model' }).click()
    await expect(main.getByRole('row', { name: /claude-opus-5-5/ }).first()).toContainText('$1.25')
    await page.getByRole('radio', { name: 'Board' }).click()
    await expect(main.getByRole('row', { name: /Dear/ })).toContainText('$1.25')
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
    expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
    await page.screenshot({ path: test.info().outputPath('usage.png'), fullPage: true })
  })

  await test.step('a budget is set, refused when it is none, and taken back', async () => {
    const month = page.getByRole('textbox', { name: 'In a month' })
    await month.fill('-1')
    await expect(page.getByRole('alert')).toContainText('An amount from 0')
    await month.fill('1.50')
    await page.keyboard.press('Enter')
    await expect(page.getByText('$1.25 of $1.50 this month')).toBeVisible()
    await expect(month).toBeFocused()
    await month.fill('1,000')
    await page.keyboard.press('Tab') // to Set
    await page.keyboard.press('Enter')
    await expect(month).toHaveValue('1000')
    await expect(month).toBeFocused()
    await month.fill('1')
    await page.keyboard.press('Enter')
    await expect(page.getByText('$1.25 of $1.00 this month')).toBeVisible()
    await expect(page.getByText('Used up: no further call begins')).toBeVisible()
    await month.fill('')
    await page.keyboard.press('Enter')
    await expect(page.getByText('this month')).toBeHidden()
    await month.fill('2')
    await page.keyboard.press('Enter')
    await expect(page.getByText('$1.25 of $2.00 this month')).toBeVisible()
    const told = toast(page, 'The budget was changed')
    await expect(told).toHaveCount(1) // one setting has one toast, however often it is set
    await expect(told).toContainText('In a month: $2.00')
    await page.getByRole('textbox', { name: 'For one run' }).fill('3')
    await page.keyboard.press('Enter')
    await expect(told).toHaveCount(2)
    await told.filter({ hasText: 'In a month' }).getByRole('button', { name: 'Undo' }).click()
    await expect(month).toHaveValue('')
  })

  await test.step('a price is set for a model that had none', async () => {
    await page.getByRole('button', { name: 'Set that of strange-model' }).click()
    const field = page.getByRole('textbox', { name: 'In of strange-model' })
    await expect(field).toBeFocused()
    await field.fill('3')
    await page.keyboard.press('Enter')
    await expect(page.getByText('Models without a price were called')).toBeHidden()
    await expect(page.getByRole('row', { name: /^strange-model/ })).toContainText('Set by hand')
    await expect(field).toBeFocused()
  })
})

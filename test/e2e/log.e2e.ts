import { toast } from './fixtures/board.ts'
import { expect, test } from './fixtures/rangers.ts'

test('the log is seen, searched, read and copied, with the keyboard alone', async ({ rangers }) => {
  const { page, app } = rangers
  await page
    .getByRole('button', { name: 'Settings' })
    .or(page.getByRole('link', { name: 'Settings' }))
    .first()
    .click()
  const log = page.getByRole('region', { name: 'Log', exact: true })
  const list = log.getByRole('listbox', { name: 'Lines of the log' })
  await log.scrollIntoViewIfNeeded()
  await expect(list.getByRole('option').filter({ hasText: 'database_connection_created' })).toBeVisible()

  await log.getByRole('searchbox', { name: 'Search the log' }).fill('APP_START')
  await expect(list.getByRole('option')).toHaveCount(1)
  await expect(log.getByText(/^1 of \d+ lines$/)).toBeVisible()

  await list.focus()
  await page.keyboard.press('ArrowUp')
  await expect(list.getByRole('option', { selected: true })).toContainText('app_start')
  await expect(log.getByRole('region', { name: 'Chosen line' })).toContainText('"level": "info"')
  await page.keyboard.press('Control+c')
  await expect(toast(page, 'The line was copied')).toBeVisible()
  const copied = await app.evaluate(({ clipboard }) => clipboard.readText())
  expect(JSON.parse(copied)).toMatchObject({ event: 'app_start', level: 'info' })

  await page.keyboard.press('Escape')
  await expect(log.getByRole('region', { name: 'Chosen line' })).toBeHidden()
  await log.getByRole('radio', { name: 'Errors' }).click()
  await expect(list).toContainText('No line fits.')
})

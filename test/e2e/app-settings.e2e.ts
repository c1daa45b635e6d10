import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { plantSecret } from '../helpers/run-logs.ts'
import { toast } from './fixtures/board.ts'
import { dataFolderOf, expect, test } from './fixtures/rangers.ts'

test('settings are changed by keyboard, and the focus stays; what cannot be written is said and put back', async ({
  start,
  folder,
}) => {
  const { page } = await start({ ANTHROPIC_API_KEY: '' })
  await page.getByRole('link', { name: 'Settings', exact: true }).click()

  await test.step('a key that is forgotten leaves the focus to the field for another', async () => {
    const field = page.getByRole('textbox', { name: 'API key' })
    await field.fill(await plantSecret('sk-ant-test-9876543210'))
    await field.press('Enter')
    await expect(toast(page, 'The key is set')).toBeVisible()
    await page.getByRole('button', { name: 'Forget key' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Forget key' })).toBeHidden()
    await expect(field).toBeFocused()
  })

  await test.step('the agent that becomes the default has it', async () => {
    await page.getByRole('button', { name: 'Make Demo agent the default' }).press('Enter')
    const row = page.getByRole('listitem', { name: 'Demo agent' })
    await expect(row).toContainText('Default')
    await expect(row).toBeFocused()
  })

  await test.step('so does a button while what it began is under way', async () => {
    const backUp = page.getByRole('button', { name: 'Back up now' })
    await backUp.press('Enter')
    await expect(toast(page, 'Backed up')).toBeVisible({ timeout: 60_000 })
    await expect(backUp).toBeFocused()
  })

  await test.step('a full disk', async () => {
    const theme = page.getByRole('radiogroup', { name: 'Theme' })
    await expect(theme.getByRole('radio', { name: 'System' })).toBeChecked()
    // As a full disk does, for everybody: root may write everywhere.
    const file = path.join(dataFolderOf(folder), 'preferences.json')
    await rm(file)
    await mkdir(file)
    await theme.getByRole('radio', { name: 'Dark' }).click()
    await expect(toast(page, 'The setting was not saved')).toContainText('cannot be written')
    await expect(theme.getByRole('radio', { name: 'System' })).toBeChecked()
    await rm(file, { recursive: true })
    await theme.getByRole('radio', { name: 'Dark' }).click()
    await page.reload()
    await expect(theme.getByRole('radio', { name: 'Dark' })).toBeChecked()
  })
})

import { mkdir, rm } from 'node:fs/promises'
import path from 'node:path'
import { plantSecret } from '../helpers/run-logs.ts'
import { toast } from './fixtures/board.ts'
import { dataFolderOf, expect, test } from './fixtures/rangers.ts'
import { checkThemes } from './fixtures/violations.ts'

test('settings are changed by keyboard, and the focus stays; what cannot be written is said and put back', async ({
  start,
  folder,
  model,
}) => {
  const { page } = await start({ ANTHROPIC_API_KEY: '' })
  await page.getByRole('link', { name: 'Settings', exact: true }).click()

  await test.step('a key is tried; one that is forgotten leaves the focus to the field for another', async () => {
    const field = page.getByRole('textbox', { name: 'API key' })
    const key = await plantSecret('sk-ant-test-9876543210')
    await field.fill(key)
    await field.press('Enter')
    await expect(toast(page, 'The key is set')).toBeVisible()
    const section = page.getByRole('region', { name: 'Anthropic API key' })
    const agent = page.getByRole('listitem', { name: 'Claude', exact: true })
    await expect(section).toContainText('Not tried yet')
    await expect(agent).toContainText('Key not tried')
    model.play({ apiKeys: ['sk-ant-another'] })
    await section.getByRole('button', { name: 'Try it' }).press('Enter')
    await expect(section.getByRole('alert')).toContainText('The API refused the key')
    await expect(agent).toContainText('Key refused')
    await checkThemes(page, 'a key that is refused')
    model.play({ apiKeys: [key], models: ['claude-opus-5-5', 'claude-sonnet-5-5'] })
    await section.getByRole('button', { name: 'Try again' }).press('Enter')
    await expect(section).toContainText('The API offers it 2 models.')
    await expect(section.getByRole('button', { name: 'Try again' })).toBeFocused()
    await expect(agent).toContainText('Ready')
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

test('each part of the settings has an address, to which links, the palette and the way back lead', async ({
  rangers: { app, page },
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('link', { name: 'Settings', exact: true }).click()
  await expect(page.getByText(/database connected/i)).toBeAttached()
  const sections = page.getByRole('navigation', { name: 'Sections of the settings' })
  const head = (title: string) => page.getByRole('heading', { level: 2, name: title, exact: true })
  const isAt = async (title: string) => {
    await expect(head(title)).toBeInViewport()
    await expect(sections.locator('[aria-current]')).toHaveText(title)
  }

  await test.step('a link leads to its section, and the list stays in sight', async () => {
    await isAt('You')
    await sections.getByRole('link', { name: 'Backups' }).press('Enter')
    await expect(head('Backups')).toBeFocused()
    await isAt('Backups')
    await expect(sections.getByRole('link', { name: 'You' })).toBeInViewport()
    await sections.getByRole('link', { name: 'Appearance' }).press('Enter')
    await isAt('Appearance')
  })

  await test.step('back and forward', async () => {
    await page.keyboard.press('Alt+ArrowLeft')
    await isAt('Backups')
    await page.keyboard.press('Alt+ArrowLeft')
    await isAt('You')
    await page.keyboard.press('Alt+ArrowRight')
    await isAt('Backups')
    await page.getByRole('link', { name: 'Trash' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Trash' })).toBeVisible()
    await page.keyboard.press('Alt+ArrowLeft')
    await isAt('Backups')
  })

  await test.step('who scrolls is where they are seen to be, also after a reload', async () => {
    await page.getByRole('main').hover()
    // What is read meanwhile makes the page longer.
    await expect(async () => {
      await page.mouse.wheel(0, 20_000)
      await expect(sections.locator('[aria-current]')).toHaveText('Log', { timeout: 1_000 })
    }).toPass()
    await page.reload()
    await expect(head('Log')).toBeFocused()
    await isAt('Log')
  })

  await test.step('from the palette, on a page that is zoomed: one field in place of the list', async () => {
    await app.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.setZoomFactor(2)
    })
    const field = page.getByRole('button', { name: 'Section: Log' })
    await expect(field).toBeInViewport()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('migrations')
    await expect(page.getByRole('option', { name: 'Database', selected: true })).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(head('Database')).toBeFocused()
    await page.getByRole('button', { name: 'Section: Database' }).press('Enter')
    await page.getByRole('menuitemcheckbox', { name: 'Quitting' }).click()
    await expect(page.getByRole('button', { name: 'Section: Quitting' })).toBeInViewport()
    await expect(head('Quitting')).toBeInViewport()
    expect(new URL(page.url()).hash).toBe('#/settings/quitting')
  })
})

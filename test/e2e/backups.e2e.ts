import { readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { addCards, makeBoard, titlesIn, toast } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { card, dataFolderOf, expect, openWindow, test } from './fixtures/rangers.ts'

async function openSettings(page: Page): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
}

const database = (page: Page) => page.getByRole('region', { name: 'Database', exact: true })
const backups = (page: Page) => page.getByRole('region', { name: 'Backups', exact: true })
/** Without that of the day, which comes by itself 20 s after the start. */
const rows = (page: Page) =>
  backups(page).getByRole('list', { name: 'Backups' }).getByRole('listitem').filter({ hasNotText: 'Daily' })
/** Copying, checking and loading a database, on a busy machine. */
const LONG = { timeout: 60_000 }

async function backUp(page: Page): Promise<void> {
  await backups(page).getByRole('button', { name: 'Back up now' }).click()
  await expect(toast(page, 'Backed up')).toBeVisible(LONG)
}

test('change, back up, change, restore: the first state is back in every window, and Undo brings the second', async ({
  rangers: { app, page },
}) => {
  test.slow()
  await makeBoard(page, 'Payments')
  await addCards(page, 'Backlog', ['First', 'Second'])
  const other = await openWindow(app)
  await expect.poll(() => titlesIn(other, 'Backlog')).toEqual(['First', 'Second'])

  await openSettings(page)
  await expect(database(page)).toContainText(/Embedded PostgreSQL 18\.\d+/)
  await expect(database(page)).toContainText('1 board, 2 cards')
  await expect(database(page)).toContainText('Ready')
  await expect(rows(page)).toHaveCount(0)
  await backUp(page)
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText(['By hand'])
  await expect(rows(page)).toContainText(['1 board, 2 cards'])
  await expect(rows(page).getByText('Verified')).toBeVisible()

  await addCards(other, 'Backlog', ['Third'])
  await card(other, 'Third').click()
  await expect(other.getByRole('complementary', { name: /Third/ })).toBeVisible()

  await test.step('the dialog says what is replaced, to the keyboard and to screen readers too', async () => {
    await rows(page)
      .getByRole('button', { name: /^Restore the backup of/ })
      .click()
    const dialog = page.getByRole('alertdialog', { name: /^Restore the backup of/ })
    await expect(dialog).toContainText('What is there now is backed up first')
    await expect(dialog.getByRole('row', { name: /^Cards/ })).toHaveText('Cards32')
    const { violations } = await new AxeBuilder({ page }).setLegacyMode().include('dialog').analyze()
    expect(violations).toEqual([])
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await rows(page)
      .getByRole('button', { name: /^Restore the backup of/ })
      .press('Enter')
    await dialog.getByRole('button', { name: 'Restore', exact: true }).press('Enter')
    await expect(dialog).toBeHidden(LONG)
  })
  await toast(page, 'is restored').getByRole('button', { name: 'Dismiss' }).click()
  await expect.poll(() => titlesIn(other, 'Backlog'), LONG).toEqual(['First', 'Second'])
  await expect(other.getByRole('complementary', { name: /Third/ })).toBeHidden()
  await expect(rows(page)).toHaveCount(2)
  await expect(rows(page).first()).toContainText('Before a restore')

  await test.step('live as before: what one window does, the other shows', async () => {
    await addCards(other, 'Backlog', ['Later'])
    await page.getByRole('link', { name: /^Payments/ }).click()
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['First', 'Second', 'Later'])
    await addCards(page, 'Backlog', ['Back'])
    await expect.poll(() => titlesIn(other, 'Backlog')).toEqual(['First', 'Second', 'Later', 'Back'])
  })

  await test.step('Undo is the backup that was made before', async () => {
    await openSettings(page)
    await rows(page)
      .last()
      .getByRole('button', { name: /^Restore the backup of/ })
      .click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restore', exact: true }).click()
    await toast(page, 'is restored').getByRole('button', { name: 'Undo' }).click(LONG)
    await expect(toast(page, 'The restore is undone')).toBeVisible(LONG)
    await expect.poll(() => titlesIn(other, 'Backlog'), LONG).toEqual(['First', 'Second', 'Later', 'Back'])
  })
})

test('a broken backup is refused, and nothing changes; so it is while agents work', async ({
  rangers: { app, page },
  folder,
}) => {
  test.slow()
  await makeBoard(page, 'Payments')
  await addCards(page, 'Backlog', ['First'])
  const other = await openWindow(app)
  await openSettings(other)
  await expect(rows(other)).toHaveCount(0)
  await openSettings(page)
  await backUp(page)
  await expect(rows(other)).toContainText(['By hand'])
  await other.close()
  const restore = async () => {
    await rows(page)
      .last()
      .getByRole('button', { name: /^Restore the backup of/ })
      .click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Restore', exact: true }).click()
  }
  const refusal = page.getByRole('alertdialog').getByRole('alert')

  await test.step('agents at work', async () => {
    await queryDatabase(
      folder,
      `INSERT INTO executions (task_id, board_id, workflow_type, status, provider, lease_expires_at, owner_id)
       SELECT id, board_id, 'development', 'running', 'scripted', now() + interval '1 hour', gen_random_uuid() FROM tasks`,
    )
    await restore()
    await expect(refusal).toContainText('Agents are at work on this database.', LONG)
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel', exact: true }).click()
    await queryDatabase(folder, 'DELETE FROM executions')
  })

  await test.step('a file that is damaged in the middle', async () => {
    const name = (await rows(page).last().locator('time').getAttribute('title')) ?? ''
    const file = path.join(dataFolderOf(folder), 'backups', name)
    const bytes = await readFile(file)
    const middle = Math.floor(bytes.length / 2)
    bytes.fill(0, middle, middle + 40)
    await writeFile(file, bytes)
    await restore()
    await expect(refusal).toContainText(/is damaged: .* Use another one\. Nothing was changed\./, LONG)
    await page.getByRole('alertdialog').getByRole('button', { name: 'Cancel', exact: true }).click()
    await page.getByRole('link', { name: /^Payments/ }).click()
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['First'])
  })

  await test.step('a file that is no backup says so in the list', async () => {
    await writeFile(path.join(dataFolderOf(folder), 'backups', '20200101T000000Z-manual.backup.gz'), 'hello')
    await page.reload()
    await openSettings(page)
    await expect(rows(page).last()).toContainText('Unusable')
    await expect(rows(page).last()).toContainText('is damaged: it is no backup')
    await expect(rows(page).last().getByRole('button')).toHaveCount(0)
  })
})

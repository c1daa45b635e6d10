import type { Page } from '@playwright/test'
import { addCards, makeBoard, toast } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { card, expect, openWindow, test } from './fixtures/rangers.ts'

test('comments: mentions are completed, own ones edited, deleted and brought back, live in another window; drafts stay', async ({
  rangers: { app, page },
  folder,
}) => {
  await queryDatabase(
    folder,
    `INSERT INTO users (id, name, created_at, updated_at)
     VALUES ('0198aaaa-0000-7000-8000-000000000001', 'Grace Hopper', now(), now())`,
  )
  await makeBoard(page, 'Shop')
  await addCards(page, 'Backlog', ['Talk'])
  await card(page, 'Talk').click()
  const comments = (of: Page) => of.getByRole('region', { name: 'Comments' })
  const write = comments(page).getByRole('textbox', { name: 'Write a comment' })

  await expect(write).toBeVisible()
  await page.keyboard.press('Shift+C')
  await expect(write).toBeFocused()
  await page.keyboard.type('Ask @grac')
  await expect(page.getByRole('option', { name: 'Grace Hopper' })).toBeVisible()
  await page.keyboard.press('Enter')
  await page.keyboard.type('about <b>this</b> **first**')
  await expect(write).toHaveValue('Ask @Grace Hopper about <b>this</b> **first**')

  const other = await openWindow(app)
  await card(other, 'Talk').click()
  await expect(comments(other).getByRole('textbox')).toBeVisible()
  await page.keyboard.press('ControlOrMeta+Enter')
  for (const one of [page, other]) {
    await expect(comments(one).getByRole('listitem')).toContainText(
      'Ask @Grace Hopper about <b>this</b> first',
    )
  }
  await expect
    .poll(() => queryDatabase(folder, 'SELECT kind FROM notifications'))
    .toEqual([{ kind: 'mentioned' }])

  await write.fill('Not sent yet')
  await page.reload()
  await expect(write).toHaveValue('Not sent yet')

  const options = comments(page).getByRole('button', { name: /^Options of the comment/ })
  await options.click()
  await page.getByRole('menuitem', { name: 'Edit' }).click()
  await page.getByRole('textbox', { name: 'Edit the comment' }).fill('Shorter')
  await page.keyboard.press('ControlOrMeta+Enter')
  await expect(comments(other).getByRole('listitem')).toContainText('edited')
  await expect(comments(other).getByRole('listitem')).toContainText('Shorter')

  await options.click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await expect(comments(other).getByRole('listitem')).toHaveCount(0)
  await toast(page, 'Comment deleted').getByRole('button', { name: 'Undo' }).click()
  await expect(comments(other).getByRole('listitem')).toContainText('Shorter')
})

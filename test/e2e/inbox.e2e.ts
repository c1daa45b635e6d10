import { CHANNEL } from '#db/listener.ts'
import { makeBoard, toast } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { addCard, card, expect, test } from './fixtures/rangers.ts'

test('the inbox: the bell counts, a panel and a page list, and what is read can be unread again', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Payments')
  await addCard(page, 'Backlog', 'Mend the sum')
  /** As another app of the same person writes it. */
  const tell = async (kind: string, title: string) => {
    const [row] = await queryDatabase(
      folder,
      `INSERT INTO notifications (user_id, kind, board_id, task_id, title, body, occasion)
       SELECT users.id, $1, tasks.board_id, tasks.id, $2, 'Both are converted now.', $3 FROM users, tasks
       RETURNING user_id`,
      [kind, title, `test:${title}`],
    )
    await queryDatabase(folder, 'SELECT pg_notify($1, $2)', [CHANNEL, `user:${String(row?.user_id)}`])
  }
  const bell = page.getByRole('button', { name: /^Inbox/ })
  const list = page.getByRole('list', { name: 'Inbox' })

  await test.step('empty at first, and live', async () => {
    await bell.click()
    await expect(page.getByRole('dialog', { name: 'Inbox' })).toContainText('Nothing here yet')
    await tell('mentioned', 'Ada mentioned you on PAY-1')
    await expect(page.getByRole('dialog', { name: 'Inbox' })).toContainText('Ada mentioned you on PAY-1')
    await expect(bell).toHaveAccessibleName('Inbox, 1 unread')
    await tell('failed', 'PAY-1 failed')
    await expect(bell).toHaveAccessibleName('Inbox, 2 unread')
  })

  await test.step('a press opens the card and marks it', async () => {
    await list.getByRole('link', { name: /Ada mentioned you/ }).click()
    await expect(page.getByRole('heading', { name: 'Mend the sum' })).toBeVisible()
    await expect(page.getByRole('dialog', { name: 'Inbox' })).toHaveCount(0)
    // The other one is about the same card, which is in view now.
    await expect(bell).toHaveAccessibleName('Inbox')
  })

  await test.step('nothing is unread of a card that the person looks at', async () => {
    await page.bringToFront()
    await tell('finished', 'PAY-1 is ready for review')
    // The bell says so before as well: the database tells that the window has heard of it.
    const unread = () => queryDatabase(folder, 'SELECT title FROM notifications WHERE read_at IS NULL')
    await expect.poll(unread).toEqual([])
    await expect(bell).toHaveAccessibleName('Inbox')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('heading', { name: 'Mend the sum' })).toHaveCount(0)
  })

  await test.step('the page has them all, by kind and by what is unread', async () => {
    await card(page, 'Mend the sum').focus()
    await page.keyboard.press('g')
    await page.keyboard.press('i')
    await expect(page.getByRole('heading', { level: 1, name: 'Inbox' })).toBeVisible()
    await expect(bell).toHaveAttribute('aria-current', 'page')
    await expect(list.getByRole('listitem')).toHaveCount(3)
    await page.keyboard.press('ArrowDown')
    await expect(list.getByRole('link').first()).toBeFocused()
    await page.keyboard.press('End')
    await expect(list.getByRole('link').last()).toBeFocused()
    await page.getByRole('radio', { name: 'Unread' }).click()
    await expect(page.getByText('You are caught up')).toBeVisible()
    await page.getByRole('radio', { name: 'All' }).click()
    await list.getByRole('listitem').filter({ hasText: 'PAY-1 failed' }).getByRole('button').click()
    await expect(bell).toHaveAccessibleName('Inbox, 1 unread')
    await page.getByRole('button', { name: /^Kind/ }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Failed' }).click()
    await expect(list.getByRole('listitem')).toHaveCount(1)
    await page.getByRole('button', { name: 'Mark all as read' }).click()
    await expect(bell).toHaveAccessibleName('Inbox')
    await expect(page.getByRole('button', { name: 'Mark all as read' })).toBeDisabled()
    await expect(page.getByRole('button', { name: 'Mark all as read' })).toBeFocused()
    await toast(page, '1 notification marked as read').getByRole('button', { name: 'Undo' }).click()
    await expect(bell).toHaveAccessibleName('Inbox, 1 unread')
    await page.keyboard.press('Control+Shift+z')
    await expect(bell).toHaveAccessibleName('Inbox')
  })
})

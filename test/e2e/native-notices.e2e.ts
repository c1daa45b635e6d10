import type { ElectronApplication } from '@playwright/test'
import { addCards, makeBoard } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { card, expect, test } from './fixtures/rangers.ts'

interface Shown {
  title: string
  body: string
}

/** Keeps the system's notices from the screen, where a click could not reach them. */
function catchNotices(app: ElectronApplication): Promise<void> {
  return app.evaluate(({ app, Notification }) => {
    const caught: Electron.Notification[] = []
    const badges: number[] = []
    Object.assign(globalThis, { caught, badges })
    app.setBadgeCount = (count = 0) => badges.push(count) > 0
    Notification.isSupported = () => true
    Notification.prototype.show = function () {
      caught.push(this)
    }
  })
}

function shown(app: ElectronApplication): Promise<Shown[]> {
  return app.evaluate(() => {
    const { caught } = globalThis as unknown as { caught: Electron.Notification[] }
    return caught.map(({ title, body }) => ({ title, body }))
  })
}

/** As another app of this person's database would. */
async function tell(folder: string, kind: string, title: string): Promise<void> {
  await queryDatabase(
    folder,
    `WITH told AS (
       INSERT INTO notifications (user_id, kind, board_id, task_id, title, body, occasion)
       SELECT u.id, $1, t.board_id, t.id, $2::text, 'Look!', $2::text FROM users u, tasks t RETURNING user_id
     ) SELECT pg_notify('agent_rangers', 'user:' || user_id) FROM told`,
    [kind, title],
  )
}

test('a notice of the desktop brings its card up, kinds that are turned off make none, and the icon counts', async ({
  rangers: { app, page },
  folder,
}) => {
  await makeBoard(page, 'Told')
  await addCards(page, 'Backlog', ['Look at me'])
  await expect(card(page, 'Look at me')).toBeVisible()
  await catchNotices(app)
  const badge = () => app.evaluate(() => (globalThis as unknown as { badges: number[] }).badges.at(-1) ?? 0)
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByRole('checkbox', { name: 'Agents have failed: Desktop' }).uncheck()
  await page.getByRole('checkbox', { name: 'Somebody mentions you: Inbox' }).uncheck()
  await expect(page.getByRole('checkbox', { name: 'Somebody mentions you: Inbox' })).not.toBeChecked()

  await tell(folder, 'failed', 'TOL-1 failed')
  await expect.poll(badge).toBe(1)
  await tell(folder, 'mentioned', 'Grace mentioned you')
  await expect.poll(() => shown(app)).toEqual([{ title: 'Grace mentioned you', body: 'Look!' }])
  await page.getByRole('button', { name: 'Inbox, 1 unread' }).click()
  await expect(page.getByRole('list', { name: 'Inbox' }).getByRole('listitem')).toHaveText([/TOL-1 failed/])
  await page.keyboard.press('Escape')
  expect(await badge()).toBe(1)

  await app.evaluate(() => {
    const { caught } = globalThis as unknown as { caught: Electron.Notification[] }
    caught[0]?.emit('click')
  })
  await expect(page).toHaveURL(/\/task\/[0-9a-f-]{36}/)
  await expect(page.getByText('Look at me').nth(1)).toBeVisible()
})

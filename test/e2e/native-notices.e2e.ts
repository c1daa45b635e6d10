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
  return app.evaluate(({ Notification }) => {
    const caught: Electron.Notification[] = []
    Object.assign(globalThis, { caught })
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

test('a notice of the desktop brings its card up', async ({ rangers: { app, page }, folder }) => {
  await makeBoard(page, 'Told')
  await addCards(page, 'Backlog', ['Look at me'])
  await expect(card(page, 'Look at me')).toBeVisible()
  await catchNotices(app)
  // As another app of this person's database would.
  await queryDatabase(
    folder,
    `WITH told AS (
       INSERT INTO notifications (user_id, kind, board_id, task_id, title, body, occasion)
       SELECT u.id, 'mentioned', t.board_id, t.id, 'Grace mentioned you', 'Look!', 'test'
       FROM users u, tasks t WHERE t.title = $1 RETURNING user_id
     ) SELECT pg_notify('agent_rangers', 'user:' || user_id) FROM told`,
    ['Look at me'],
  )
  await expect
    .poll(() => shown(app), { timeout: 15_000 })
    .toEqual([{ title: 'Grace mentioned you', body: 'Look!' }])
  await app.evaluate(() => {
    const { caught } = globalThis as unknown as { caught: Electron.Notification[] }
    caught[0]?.emit('click')
  })
  await expect(page).toHaveURL(/\/task\/[0-9a-f-]{36}/)
  await expect(page.getByText('Look at me').nth(1)).toBeVisible()
})

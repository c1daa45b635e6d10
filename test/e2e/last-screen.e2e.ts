import { existsSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import { urlOf } from '../helpers/database-url.ts'
import { addCards, makeBoard } from './fixtures/board.ts'
import { test } from './fixtures/network.ts'
import { card, dataFolderOf, expect } from './fixtures/rangers.ts'

const fileIn = (folder: string) => path.join(dataFolderOf(folder), 'window', 'last-screen.json')

test('a start shows the board as it was left until the database answers, then as it is', async ({
  start,
  network,
  folder,
}) => {
  const environment = { DATABASE_URL: urlOf(network.connection) }
  const first = await start(environment)
  await makeBoard(first.page, 'Left')
  await addCards(first.page, 'Backlog', ['Stays', 'Before'])
  await first.app.close()
  expect((await stat(fileIn(folder))).mode & 0o777).toBe(0o600)

  const held = new pg.Client(network.connection)
  await held.connect()
  await held.query('BEGIN; LOCK TABLE boards')
  const { page, kill } = await start(environment, { isAnswered: false })
  const banner = page.getByRole('status').filter({ hasText: 'What you see is how you left it' })
  await expect(card(page, 'Before')).toBeVisible()
  await expect(banner).toBeVisible()
  await page.screenshot({ path: test.info().outputPath('as-left.png') })

  await held.query("UPDATE tasks SET title = 'After' WHERE title = 'Before'; COMMIT")
  await held.end()
  await expect(card(page, 'After')).toBeVisible()
  await expect(card(page, 'Before')).toBeHidden()
  await expect(card(page, 'Stays')).toBeVisible()
  await expect(banner).toBeHidden()

  await test.step('what an app that was killed had shown is not known', async () => {
    await expect.poll(() => existsSync(fileIn(folder))).toBe(false)
    await kill()
    expect(existsSync(fileIn(folder))).toBe(false)
  })
})

test('a start that fails says so, and shows nothing of last time', async ({ start, network, folder }) => {
  const environment = { DATABASE_URL: urlOf(network.connection) }
  const first = await start(environment)
  await makeBoard(first.page, 'Left')
  await addCards(first.page, 'Backlog', ['Stays'])
  await first.app.close()

  await network.cut('reset')
  const { page } = await start(environment)
  await expect(page.getByText('Agent Rangers could not start')).toBeVisible()
  await expect(card(page, 'Stays')).toBeHidden()
  await network.mend()
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(card(page, 'Stays')).toBeVisible()
  expect(existsSync(fileIn(folder))).toBe(false)
})

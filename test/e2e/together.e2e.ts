import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { addCards, makeBoard } from './fixtures/board.ts'
import { databaseUrlOf, queryDatabase } from './fixtures/database.ts'
import { card, dataFolderOf, dragTo, expect, test } from './fixtures/rangers.ts'

const feed = (page: Page) => page.getByRole('complementary', { name: 'Activity' })
const lines = (page: Page) => feed(page).getByRole('listitem')
const others = (page: Page) => page.getByRole('img', { name: /^Also on this board/ })

test('people on one board see who is here and what each does, live', async ({ rangers, start, folder }) => {
  const mine = rangers.page
  await rename(mine, 'Ada Lovelace', dataFolderOf(folder))
  await makeBoard(mine, 'Shared')
  const other = await start({
    DATABASE_URL: await databaseUrlOf(folder),
    RANGERS_DATA_DIR: path.join(folder, 'other'),
  })
  const theirs = other.page
  await rename(theirs, 'Grace Hopper', path.join(folder, 'other'))

  await test.step('who else is here, and who has left', async () => {
    await expect(others(mine)).toHaveCount(0)
    await theirs.getByRole('link', { name: /^Shared/ }).click()
    await expect(others(mine)).toHaveAccessibleName(/Grace Hopper, since/)
    await expect(others(mine)).toHaveText('GH')
    await expect(others(theirs)).toHaveText('AL')
    await others(mine).hover()
    await expect(mine.getByRole('tooltip')).toContainText('Grace Hopper')
    await theirs.getByRole('link', { name: 'Settings' }).click()
    await expect(others(mine)).toHaveCount(0)
    await theirs.getByRole('link', { name: /^Shared/ }).click()
    await expect(others(mine)).toHaveText('GH')
  })

  await test.step('the feed of the board, live, with links to cards', async () => {
    await mine.keyboard.press('g')
    await mine.keyboard.press('a')
    await expect(lines(mine).first()).toContainText('Ada Lovelace created the board “Shared”')
    await addCards(theirs, 'Backlog', ['Write a letter'])
    await expect(lines(mine).first()).toContainText('Grace Hopper created SHA-1 “Write a letter” in Backlog')
    await dragTo(theirs, 'Write a letter', 'Review')
    await expect(lines(mine).first()).toContainText('moved SHA-1 “Write a letter” from Backlog to Review')
    await lines(mine).first().getByRole('button', { name: 'SHA-1' }).click()
    await expect(mine.getByRole('complementary', { name: 'SHA-1 Write a letter' })).toBeVisible()
  })

  await test.step('the history of the card, live', async () => {
    await mine.getByRole('tab', { name: 'History' }).click()
    const history = mine.getByRole('tabpanel').getByRole('listitem')
    await expect(history).toHaveCount(2)
    await expect(history.first()).toContainText('Grace Hopper moved this card from Backlog to Review')
    await card(theirs, 'Write a letter').focus()
    await theirs.keyboard.press('e')
    await theirs.getByLabel(/^Title of/).fill('Write two letters')
    await theirs.keyboard.press('Enter')
    await expect(history.first()).toContainText('Grace Hopper renamed “Write a letter” to this card')
    await mine.getByRole('button', { name: 'Close', exact: true }).click()
    await expect(lines(mine).first()).toContainText('renamed “Write a letter”')
  })

  await test.step('who changed what I am changing is named', async () => {
    await card(mine, 'Write two letters').focus()
    await mine.keyboard.press('e')
    await mine.getByLabel(/^Title of/).fill('Write three letters')
    await card(theirs, 'Write two letters').focus()
    await theirs.keyboard.press('e')
    await theirs.getByLabel(/^Title of/).fill('Write no letters')
    await theirs.keyboard.press('Enter')
    await expect(lines(mine).first()).toContainText('Grace Hopper renamed “Write two letters”')
    await mine.keyboard.press('Enter')
    const dialog = mine.getByRole('dialog', { name: 'SHA-1 was changed meanwhile' })
    await expect(dialog).toContainText('Grace Hopper changed the title while you did.')
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await expect(card(theirs, 'Write three letters')).toBeVisible()
  })

  await test.step('an app that is gone is not here any more', async () => {
    await other.app.close()
    await expect(others(mine)).toHaveCount(0)
  })
})

test('the feed is read page by page, keeps its place when something new comes, and shows people or agents', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Long')
  await queryDatabase(
    folder,
    `INSERT INTO activity_logs (board_id, event_type, message, actor_type, actor_name, metadata, created_at)
     SELECT b.id, 'updated', 'did thing ' || n || '.', CASE n % 10 WHEN 0 THEN 'agent' ELSE 'person' END,
       CASE n % 10 WHEN 0 THEN 'Claude' ELSE 'Ada' END, '{}', now() - (200 - n) * interval '20 minutes'
     FROM boards b, generate_series(1, 200) AS n`,
  )
  await page.getByRole('button', { name: 'Activity' }).click()
  await expect(lines(page).first()).toContainText('did thing 200.')
  const last = () => lines(page).last()
  const scrollToEnd = () => last().scrollIntoViewIfNeeded()
  await expect(async () => {
    await scrollToEnd()
    await expect(last()).toContainText('created the board “Long”', { timeout: 500 })
  }).toPass()
  await expect(feed(page)).toContainText('This is where it began.')
  await expect(lines(page)).toHaveCount(201)
  await expect(feed(page).getByRole('heading', { level: 3 }).first()).toHaveText('Today')

  const middle = lines(page).filter({ hasText: 'did thing 120.' })
  await middle.scrollIntoViewIfNeeded()
  const before = await middle.boundingBox()
  await addCards(page, 'Backlog', ['New'])
  const news = feed(page).getByRole('button', { name: '1 new' })
  await expect(news).toBeVisible()
  expect((await middle.boundingBox())?.y).toBe(before?.y)
  await news.click()
  await expect(lines(page).first()).toBeInViewport()
  await expect(lines(page).first()).toContainText('created LON-1 “New”')
  await expect(news).toHaveCount(0)

  await feed(page).getByRole('radio', { name: 'Agents' }).click()
  await expect(lines(page)).toHaveCount(20)
  await feed(page).getByRole('radio', { name: 'People' }).click()
  await addCards(page, 'Backlog', ['Newer'])
  await expect(lines(page).first()).toContainText('created LON-2 “Newer”')

  await page.reload()
  await expect(lines(page).first()).toContainText('created LON-2 “Newer”')
  await feed(page).getByRole('button', { name: 'Close the activity' }).click()
  await expect(feed(page)).toHaveCount(0)
})

/** Resolves when the app knows it: what it does then is done under this name. */
async function rename(page: Page, name: string, dataFolder: string): Promise<void> {
  await page.getByRole('link', { name: 'Settings' }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('Your name').press('Enter')
  const written = () => readFile(path.join(dataFolder, 'preferences.json'), 'utf8').catch(() => '')
  await expect.poll(written).toContain(name)
}

import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { addCards, makeBoard, titlesIn, toast } from './fixtures/board.ts'
import { databaseUrlOf, queryDatabase } from './fixtures/database.ts'
import { card, dragTo, expect, test } from './fixtures/rangers.ts'

test('two people at one card: nobody’s words are lost, and each conflict is settled by a person', async ({
  rangers: { page: mine },
  start,
  folder,
}) => {
  await makeBoard(mine, 'Shared')
  await addCards(mine, 'Backlog', ['Sort by price', 'Another card'])
  const other = await start({
    DATABASE_URL: await databaseUrlOf(folder),
    RANGERS_DATA_DIR: path.join(folder, 'other'),
  })
  const theirs = other.page
  await theirs
    .getByRole('navigation')
    .getByRole('link', { name: /^Shared/ })
    .click()
  for (const page of [mine, theirs]) await card(page, 'Sort by price').click()

  const description = (page: Page) => page.getByRole('textbox', { name: 'Description', exact: true })
  const describeCard = async (page: Page, text: string) => {
    if (!(await description(page).isVisible())) {
      await page.getByRole('button', { name: /^(Add a|Edit) description/ }).click({ force: true })
    }
    await description(page).fill(text)
  }
  const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()
  /** Where nobody was faster. */
  const saveAlone = async (page: Page) => {
    await save(page)
    await expect(description(page)).toHaveCount(0)
  }
  const panel = (page: Page) => page.getByRole('tabpanel')
  const dialog = mine.getByRole('dialog', { name: 'SHA-1 was changed meanwhile' })
  const stored = async () => {
    const [row] = await queryDatabase(
      folder,
      'SELECT title, description, priority FROM tasks WHERE number = 1',
    )
    return row
  }

  await test.step('changes of different fields are merged without a word', async () => {
    await describeCard(mine, 'Cheapest first.')
    await theirs.getByRole('button', { name: 'Priority: none' }).click()
    await theirs.getByRole('menuitemcheckbox', { name: 'High' }).click()
    await expect(mine.getByRole('button', { name: 'Priority: High' })).toBeVisible()
    await saveAlone(mine)
    await expect(panel(theirs)).toContainText('Cheapest first.')
    await expect(dialog).toHaveCount(0)
    expect(await stored()).toEqual({
      title: 'Sort by price',
      description: 'Cheapest first.',
      priority: 'high',
    })
  })

  await test.step('a description that both changed: told while writing, both shown, mine kept', async () => {
    await describeCard(mine, 'Cheapest first, then by name.')
    await describeCard(theirs, 'Dearest first.')
    await saveAlone(theirs)
    await expect(mine.getByText('changed this description while you were writing')).toBeVisible()
    await expect(description(mine)).toHaveValue('Cheapest first, then by name.')
    await mine.reload()
    await expect(description(mine)).toHaveValue('Cheapest first, then by name.')
    await mine.getByRole('button', { name: 'Compare…' }).click()
    await expect(version(dialog, 'Theirs')).toContainText('Dearest first.')
    await expect(version(dialog, 'Theirs').locator('mark')).toHaveText(['Dearest'])
    await expect(version(dialog, 'Yours')).toContainText('Cheapest first, then by name.')
    await dialog.getByRole('button', { name: 'Decide later' }).click()
    await expect(description(mine)).toHaveValue('Cheapest first, then by name.')
    await save(mine)
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await expect(panel(theirs)).toContainText('Cheapest first, then by name.')
    await expect(description(mine)).toHaveCount(0)
  })

  await test.step('a third change while the question is open asks again; theirs kept, mine for a while to be had', async () => {
    await describeCard(mine, 'Mine')
    await describeCard(theirs, 'Their second')
    await saveAlone(theirs)
    await mine.getByRole('button', { name: 'Compare…' }).click()
    await expect(version(dialog, 'Theirs')).toContainText('Their second')
    await describeCard(theirs, 'Their third')
    await saveAlone(theirs)
    await expect.poll(async () => (await stored())?.description).toBe('Their third')
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await expect(version(dialog, 'Theirs')).toContainText('Their third')
    await dialog.getByRole('button', { name: 'Keep theirs' }).click()
    await expect(panel(mine)).toContainText('Their third')
    expect((await stored())?.description).toBe('Their third')
    await toast(mine, 'SHA-1 keeps their version').getByRole('button', { name: 'Use mine' }).click()
    await expect(panel(theirs)).toContainText('Mine')
  })

  await test.step('something of both', async () => {
    await describeCard(mine, 'By price')
    await describeCard(theirs, 'By name')
    await saveAlone(theirs)
    await mine.getByRole('button', { name: 'Compare…' }).click()
    await dialog.getByRole('button', { name: 'Edit…' }).click()
    await expect(dialog.getByLabel('Your description')).toHaveValue('By price')
    await dialog.getByLabel('Your description').fill('By price, then by name')
    await dialog.getByRole('button', { name: 'Save this text' }).click()
    await expect(panel(theirs)).toContainText('By price, then by name')
  })

  await test.step('a title that both changed', async () => {
    await mine.getByRole('button', { name: 'Sort by price', exact: true }).click()
    await mine.getByLabel('Title of SHA-1').fill('Sort by weight')
    await theirs.getByRole('button', { name: 'Sort by price', exact: true }).click()
    await theirs.getByLabel('Title of SHA-1').fill('Sort by size')
    await theirs.keyboard.press('Enter')
    await expect(mine.getByRole('complementary', { name: 'SHA-1 Sort by size' })).toBeVisible()
    await mine.keyboard.press('Enter')
    await expect(version(dialog, 'Theirs')).toContainText('Sort by size')
    await mine.keyboard.press('Escape')
    await expect(mine.getByText('Your title is not saved')).toBeVisible()
    await save(mine)
    await dialog.getByRole('button', { name: 'Keep mine' }).click()
    await expect(theirs.getByRole('complementary', { name: 'SHA-1 Sort by weight' })).toBeVisible()
    await expect(mine.getByText('Your title is not saved')).toHaveCount(0)
  })

  await test.step('a card that is deleted under the writer: the words go to a new card', async () => {
    await describeCard(mine, 'Words that nobody has saved')
    await theirs.getByRole('button', { name: 'Options of the card' }).click()
    await theirs.getByRole('menuitem', { name: 'Delete card' }).click()
    await expect(mine.getByRole('heading', { name: 'SHA-1 was deleted' })).toBeVisible()
    await expect(mine.getByRole('region', { name: 'What you wrote' })).toHaveText(
      'Words that nobody has saved',
    )
    await mine.getByRole('button', { name: 'Keep as a new card' }).click()
    await expect(card(theirs, 'SHA-3 Sort by weight')).toBeVisible()
    await card(theirs, 'SHA-3 Sort by weight').click()
    await expect(panel(theirs)).toContainText('Words that nobody has saved')
    await expect(mine.getByRole('heading', { name: 'SHA-1 was deleted' })).toHaveCount(0)
  })

  await other.app.close()
})

test('a refused move is taken back, says where the card is, and can be made anyway', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Moves')
  await addCards(page, 'Backlog', ['One', 'Two'])
  const whereIs = async (title: string) => {
    const sql = 'SELECT c.name FROM tasks t JOIN columns c ON c.id = t.column_id WHERE t.title = $1'
    return (await queryDatabase(folder, sql, [title]))[0]?.name
  }

  await queryDatabase(
    folder,
    `UPDATE tasks SET version = version + 1, column_id = (SELECT id FROM columns WHERE name = 'Review')
     WHERE title = 'One'`,
  )
  await dragTo(page, 'One', 'Done')
  await expect(toast(page, '“One” was not moved')).toContainText(
    'Somebody changed it first: it is in Review now.',
  )
  await expect.poll(() => titlesIn(page, 'Review')).toEqual(['One'])
  await toast(page, '“One” was not moved').getByRole('button', { name: 'Move anyway' }).click()
  await expect.poll(() => titlesIn(page, 'Done')).toEqual(['One'])
  await expect.poll(() => whereIs('One')).toBe('Done')

  await queryDatabase(folder, "UPDATE tasks SET version = version + 1, priority = 'low' WHERE title = 'Two'")
  await dragTo(page, 'Two', 'Review')
  await expect.poll(() => whereIs('Two')).toBe('Review')
  await expect(card(page, 'Two').getByLabel(/Low/)).toBeVisible()
})

test('what was written and not saved is there when the app starts again', async ({ start }) => {
  const first = await start()
  await makeBoard(first.page, 'Notes')
  await addCards(first.page, 'Backlog', ['Write'])
  await card(first.page, 'Write').click()
  await first.page.getByRole('button', { name: 'Add a description…' }).click()
  await first.page.getByRole('textbox', { name: 'Description', exact: true }).fill('Half a sentence')
  await first.app.close()
  const second = await start()
  await card(second.page, 'Write').click()
  await expect(second.page.getByRole('textbox', { name: 'Description', exact: true })).toHaveValue(
    'Half a sentence',
  )
})

function version(dialog: Locator, side: 'Theirs' | 'Yours'): Locator {
  return dialog.getByRole('figure').filter({ hasText: new RegExp(`^${side}`) })
}

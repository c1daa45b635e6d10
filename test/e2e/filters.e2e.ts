import type { Page } from '@playwright/test'
import { addCards, columnNames, dropBeside, makeBoard, titlesIn, toast } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { card, column, expect, openWindow, test } from './fixtures/rangers.ts'
import { recordRun } from './fixtures/recorded-run.ts'

const field = (page: Page) => page.getByRole('searchbox', { name: 'Filter cards' })
const count = (page: Page, name: string) => column(page, name).getByRole('group', { name: `Column ${name}` })

async function setPriority(page: Page, title: string, priority: string): Promise<void> {
  await card(page, title).focus()
  await page.keyboard.press('p')
  await page.getByRole('combobox').fill(priority)
  await page.keyboard.press('Enter')
  await expect(card(page, title).getByRole('img', { name: new RegExp(priority, 'i') })).toBeVisible()
}

test('a board is filtered, sorted, kept in the address and saved as views', async ({
  rangers: { app, page },
}) => {
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Rose one', 'Pond', 'Rose two', 'Weed'])
  await setPriority(page, 'Rose two', 'urgent')
  await setPriority(page, 'Pond', 'low')

  await test.step('F goes to the field, words leave cards out, and columns tell how many are shown', async () => {
    await page.keyboard.press('f')
    await expect(field(page)).toBeFocused()
    await page.keyboard.type('rose')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Rose one', 'Rose two'])
    await expect(count(page, 'Backlog')).toHaveText('Backlog2 of 4')
  })

  await test.step('a card that is dropped between shown ones lies between them', async () => {
    await dropBeside(page, 'Rose two', 'above', 'Rose one')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Rose two', 'Rose one'])
  })

  await test.step('a new card that does not fit is told of, and can be shown', async () => {
    await page.getByRole('button', { name: 'Add a card to Backlog' }).click()
    await page.getByLabel('Title of the new card in Backlog').fill('Compost')
    await page.keyboard.press('Enter')
    await expect(toast(page, 'the filter hides it')).toContainText('GAR-5')
    await page.keyboard.press('Escape')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Rose two', 'Rose one'])
  })

  await test.step('it outlives a reload, and going back takes it off', async () => {
    await page.reload()
    await expect(field(page)).toHaveValue('rose')
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Rose two', 'Rose one'])
    await page.goBack()
    await expect(field(page)).toHaveValue('')
    await expect
      .poll(() => titlesIn(page, 'Backlog'))
      .toEqual(['Rose two', 'Rose one', 'Pond', 'Weed', 'Compost'])
  })

  await test.step('by priority, from the menu, by keyboard', async () => {
    await page.keyboard.press('v')
    await page.keyboard.press('f')
    await expect(page.getByRole('combobox', { name: 'Filter by' })).toBeFocused()
    await page.keyboard.type('prio')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('combobox', { name: 'Priority' })).toBeFocused()
    await page.keyboard.type('urg')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Priority' }).fill('low')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect(page.getByRole('button', { name: 'Priority: Urgent, Low' })).toBeVisible()
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Rose two', 'Pond'])
  })

  await test.step('and sorted by title', async () => {
    await page.getByRole('button', { name: 'Sort and group' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Title' }).click()
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Pond', 'Rose two'])
  })

  await test.step('saved under a name, it is there in another window', async () => {
    await page.getByRole('button', { name: 'Saved views' }).click()
    await page.getByRole('menuitem', { name: 'Save as a new view…' }).click()
    await page.getByLabel('Name', { exact: true }).fill('Urgent or low')
    await page.keyboard.press('Enter')
    await expect(page.getByRole('button', { name: 'View: Urgent or low' })).toBeVisible()
    await page.getByRole('button', { name: 'Clear', exact: true }).click()
    await expect.poll(() => titlesIn(page, 'Backlog')).toHaveLength(5)

    const other = await openWindow(app)
    await other.getByRole('button', { name: /^Saved views|^View:/ }).click()
    await other.getByRole('menuitemcheckbox', { name: 'Urgent or low' }).click()
    await expect.poll(() => titlesIn(other, 'Backlog')).toEqual(['Pond', 'Rose two'])
    await other.getByRole('button', { name: 'View: Urgent or low' }).click()
    await other.getByRole('menuitem', { name: 'Rename “Urgent or low”…' }).click()
    await other.getByLabel('Name', { exact: true }).fill('Both ends')
    await other.keyboard.press('Enter')
    await expect(other.getByRole('button', { name: 'View: Both ends' })).toBeVisible()
    await other.close()
  })

  await test.step('the default view is what the board opens with', async () => {
    await page.getByRole('button', { name: 'View: Both ends, changed' }).click()
    await page.getByRole('menuitem', { name: 'Open the board with it' }).click()
    await page.getByRole('link', { name: 'Settings' }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    await page
      .getByRole('link', { name: /Garden/ })
      .first()
      .click()
    await expect(page.getByRole('button', { name: 'View: Both ends' })).toBeVisible()
    await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Pond', 'Rose two'])
  })

  await test.step('a deleted view comes back by undo', async () => {
    await page.getByRole('button', { name: 'View: Both ends' }).click()
    await page.getByRole('menuitem', { name: 'Delete “Both ends”' }).click()
    await toast(page, 'was deleted').getByRole('button', { name: 'Undo' }).click()
    await page.getByRole('button', { name: /Saved views|View:/ }).click()
    const back = page.getByRole('menuitemcheckbox', { name: 'Both ends' })
    await expect(back).toContainText('Opens first')
    await page.keyboard.press('Escape')
    await card(page, 'Pond').focus()
    await page.keyboard.press('Control+Shift+z')
    await expect(toast(page, 'Done again: deleted the view Both ends')).toBeVisible()
    await page.getByRole('button', { name: /Saved views|View:/ }).click()
    await expect(back).toHaveCount(0)
    await page.keyboard.press('Escape')
  })
  expect(await columnNames(page)).toHaveLength(4)
})

test('a board is filtered by each thing that a card can have, by keyboard', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Pantry')
  await addCards(page, 'Backlog', ['Jam', 'Bread', 'Salt', 'Tea'])
  await recordRun(folder, { notices: 1, printed: 1 }) // on the newest card, Tea: ready for review
  await queryDatabase(
    folder,
    `WITH label AS (INSERT INTO labels (board_id, name, color) SELECT id, 'sweet', '#d0021b' FROM boards RETURNING id),
       link AS (INSERT INTO task_links (board_id, task_id, other_task_id, kind)
         SELECT one.board_id, one.id, other.id, 'blocks' FROM tasks one, tasks other
         WHERE one.title = 'Salt' AND other.title = 'Bread')
     UPDATE tasks SET label_ids = CASE title WHEN 'Jam' THEN (SELECT array_agg(id) FROM label) ELSE '{}' END,
       due_date = CASE title WHEN 'Salt' THEN DATE '2020-01-31' END,
       assigned_to = CASE title WHEN 'Bread' THEN 'agent:scripted' END`,
  )
  await page.reload()
  await expect.poll(() => titlesIn(page, 'Backlog')).toEqual(['Jam', 'Bread', 'Salt', 'Tea'])

  for (const [facet, value, chip, shown] of [
    ['label', 'sweet', 'Label: sweet', 'Jam'],
    ['assignee', 'demo', 'Assignee: Demo agent', 'Bread'],
    ['agents', 'ready', 'Agents: Ready for review', 'Tea'],
    ['due', 'overdue', 'Due: Overdue', 'Salt'],
    ['blocked', 'waits', 'Blocked: Waits for another card', 'Bread'],
  ] as const) {
    await test.step(facet, async () => {
      await card(page, shown).focus()
      await page.keyboard.press('v')
      await page.keyboard.press('f')
      await expect(page.getByRole('combobox', { name: 'Filter by' })).toBeFocused()
      await page.keyboard.type(facet)
      await page.keyboard.press('Enter')
      await expect(page.getByRole('combobox', { name: 'Filter by' })).toHaveCount(0)
      await page.keyboard.type(value)
      await page.keyboard.press('Enter')
      await page.keyboard.press('Escape')
      await expect(page.getByRole('button', { name: chip, exact: true })).toBeVisible()
      await expect.poll(() => titlesIn(page, 'Backlog')).toEqual([shown])
      await page.getByRole('button', { name: 'Clear', exact: true }).click()
      await expect.poll(() => titlesIn(page, 'Backlog')).toHaveLength(4)
    })
  }
})

import { makeBoard, toast } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { expect, test } from './fixtures/rangers.ts'

test('all boards: found, starred, archived, gone through by keyboard, and quick when they are many', async ({
  rangers: { page },
  folder,
}) => {
  for (const name of ['Apples', 'Pears', 'Plums']) await makeBoard(page, name)
  await page.getByRole('link', { name: 'Agent Rangers, start' }).click()
  const main = page.getByRole('main', { name: 'Boards' })
  const search = main.getByRole('searchbox', { name: 'Search boards' })
  const names = () => main.locator('a[data-board-link]').allTextContents()

  await test.step('the last used goes first', async () => {
    await expect.poll(names).toEqual(['Plums', 'Pears', 'Apples'])
    await main.getByRole('link', { name: /^Apples/ }).click()
    await expect(page.getByRole('heading', { level: 1, name: 'Apples' })).toBeVisible()
    await page.keyboard.press('g')
    await page.keyboard.press('h')
    await expect.poll(names).toEqual(['Apples', 'Plums', 'Pears'])
  })

  await test.step('stars stay on top, here and at the side', async () => {
    await main.getByRole('button', { name: 'Star Pears' }).click()
    await expect.poll(names).toEqual(['Pears', 'Apples', 'Plums'])
    const side = page.getByRole('navigation').getByRole('list', { name: 'Starred' })
    await expect(side.getByRole('link', { name: /^Pears/ })).toBeVisible()
  })

  await test.step('search, arrow keys and Enter', async () => {
    await search.fill('p')
    await expect.poll(names).toEqual(['Pears', 'Apples', 'Plums'])
    await search.fill('pl')
    await expect(main.getByRole('status')).toHaveText('2 boards found.')
    await search.fill('quinces')
    await expect(main.getByText('No board fits')).toBeVisible()
    await search.press('Escape')
    await search.press('ArrowDown')
    await expect(main.getByRole('link', { name: /^Pears/ })).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(main.getByRole('link', { name: /^Apples/ })).toBeFocused()
    await page.keyboard.press('ArrowRight')
    await expect(main.getByRole('link', { name: /^Plums/ })).toBeFocused()
    await page.keyboard.press('Enter')
    await expect(page.getByRole('heading', { level: 1, name: 'Plums' })).toBeVisible()
    await page.getByRole('link', { name: 'Agent Rangers, start' }).click()
  })

  await test.step('an archived board is out of the way, and comes back', async () => {
    await main.getByRole('button', { name: 'Options of Apples' }).click()
    await page.getByRole('menuitem', { name: 'Archive board' }).click()
    await expect(toast(page, '“Apples” was archived')).toBeVisible()
    await expect.poll(names).toEqual(['Pears', 'Plums'])
    await expect(page.getByRole('navigation').getByRole('link', { name: /^Apples/ })).toHaveCount(0)
    await main.getByRole('radio', { name: 'Archived' }).click()
    await expect.poll(names).toEqual(['Apples'])
    await main.getByRole('button', { name: 'Options of Apples' }).click()
    await page.getByRole('menuitem', { name: 'Take out of the archive' }).click()
    await expect(main.getByText('Nothing is archived')).toBeVisible()
    await main.getByRole('radio', { name: 'In use' }).click()
    await expect.poll(names).toEqual(['Pears', 'Plums', 'Apples'])
  })

  await test.step('five hundred boards', async () => {
    await queryDatabase(
      folder,
      `INSERT INTO boards (id, name, key, created_at, updated_at)
       SELECT gen_random_uuid(), 'Board ' || n, 'N' || n, now(), now() FROM generate_series(1, 500) AS n`,
    )
    await page.reload()
    await expect(page.getByRole('navigation').getByRole('link', { name: 'All 503 boards' })).toBeVisible()
    expect(await page.getByRole('navigation').getByRole('link').count()).toBeLessThan(20)
    await main.getByRole('radio', { name: 'List' }).click()
    await search.fill('board 417')
    await expect.poll(names).toEqual(['Board 417'])
  })
})

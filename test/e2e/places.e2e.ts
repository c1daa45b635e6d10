import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { addCards, makeBoard } from './fixtures/board.ts'
import { card, dataFolderOf, expect, test } from './fixtures/rangers.ts'

test('back and forward, places in windows of their own, and all of them again at the next start', async ({
  start,
  folder,
}) => {
  const first = await start()
  const { app, page } = first
  const heading = (name: string) => page.getByRole('heading', { level: 1, name })
  await makeBoard(page, 'Left')
  await addCards(page, 'Backlog', ['Mend the sum'])
  await makeBoard(page, 'Right')

  await test.step('back and forward by key, mouse and menu', async () => {
    await heading('Right').waitFor()
    await expect(page).toHaveTitle(/^Right/)
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(heading('Left')).toBeVisible()
    await page.keyboard.press('Alt+ArrowRight')
    await expect(heading('Right')).toBeVisible()
    await page.evaluate(() =>
      document.body.dispatchEvent(new MouseEvent('mouseup', { button: 3, bubbles: true })),
    )
    await expect(heading('Left')).toBeVisible()
    await page.evaluate(() =>
      document.body.dispatchEvent(new MouseEvent('mouseup', { button: 4, bubbles: true })),
    )
    await expect(heading('Right')).toBeVisible()
  })

  await test.step('the focus is where it was on the page, else at its heading, from which arrow keys go on', async () => {
    const side = page.getByRole('navigation', { name: 'Boards and settings' })
    await side.getByRole('link', { name: /^Left/ }).click()
    const firstOfSettings = page.getByRole('main').getByRole('button').first()
    await card(page, 'Mend the sum').focus()
    await page.keyboard.press('g')
    await page.keyboard.press('s') // settings, by keys: the card is gone with its board
    await expect(heading('Settings')).toBeVisible()
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(card(page, 'Mend the sum')).toBeFocused()
    await page.keyboard.press('Alt+ArrowRight')
    await expect(heading('Settings')).toBeFocused() // nothing was used there
    await firstOfSettings.focus()
    await page.keyboard.press('Alt+ArrowLeft')
    await expect(card(page, 'Mend the sum')).toBeFocused()
    await page.evaluate(() => (document.activeElement as HTMLElement).blur())
    await page.keyboard.press('Alt+ArrowRight')
    await expect(firstOfSettings).toBeFocused()
    await page.evaluate(() =>
      document.body.dispatchEvent(new MouseEvent('mouseup', { button: 3, bubbles: true })),
    )
    await expect(heading('Left')).toBeFocused()
    await page.keyboard.press('ArrowDown')
    await expect(card(page, 'Mend the sum')).toBeFocused()
    await side.getByRole('link', { name: /^Right/ }).click()
  })

  const second = await test.step('a link opens in a new window', async () => {
    const link = page.getByRole('navigation').getByRole('link', { name: /^Left/ })
    const [other] = await Promise.all([
      app.waitForEvent('window'),
      link.click({ modifiers: ['ControlOrMeta'] }),
    ])
    await card(other, 'Mend the sum').click()
    await expect(other.getByRole('heading', { name: 'Mend the sum' })).toBeVisible()
    await expect(heading('Right')).toBeVisible()
    return other
  })
  const place = new URL(second.url()).hash

  await test.step('the next start opens both again, each at its place', async () => {
    await app.close()
    const again = await start()
    await expect.poll(() => again.app.windows().length).toBe(2)
    const hashes = () => again.app.windows().map((window) => new URL(window.url()).hash)
    await expect.poll(hashes).toContain(place)
    const withCard = again.app.windows().find((window) => window.url().endsWith(place))
    if (!withCard) throw new Error('no window with the card')
    await expect(withCard.getByRole('heading', { name: 'Mend the sum' })).toBeVisible()
    const other = again.app.windows().find((window) => window !== withCard)
    await expect(other?.getByRole('heading', { level: 1, name: 'Right' }) ?? page.locator('x')).toBeVisible()
    await withCard.close()
    await other?.getByRole('link', { name: 'Settings' }).click()
    await expect
      .poll(() => readFile(path.join(dataFolderOf(folder), 'window.json'), 'utf8'))
      .toMatch(/"windows":\[[^\]]*"hash":"#\/settings"\}\]/)
    await again.kill()
  })

  await test.step('also after the app was killed', async () => {
    const third = await start()
    await expect(third.page.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible()
    expect(third.app.windows()).toHaveLength(1)
  })
})

import { makeBoard } from './fixtures/board.ts'
import { clippedTexts } from './fixtures/clipped-text.ts'
import { addCard, card, expect, openFolder, test } from './fixtures/rangers.ts'
import { checkThemes } from './fixtures/violations.ts'

test('no page keeps anybody out or cuts its texts, in both themes, at 1280×800 and at 200 % zoom', async ({
  rangers: { app, page },
}) => {
  const zoom = (factor: number) =>
    app.evaluate(({ BrowserWindow }, value) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.setZoomFactor(value)
    }, factor)
  const check = async (view: string) => {
    await checkThemes(page, view)
    for (const factor of [2, 1]) {
      await zoom(factor)
      // A zoomed page is laid out a moment later.
      await settled.poll(() => clippedTexts(page), { message: `${view} at ${factor * 100} %` }).toEqual([])
    }
  }
  const settled = expect.configure({ soft: true })
  await page.setViewportSize({ width: 1280, height: 800 })
  await makeBoard(page, 'A board with a name that is rather long, as people give them')
  await addCard(page, 'Backlog', 'Mend the sum')
  const { hash } = new URL(page.url())
  const dialog = page.getByRole('dialog')

  await test.step('pages', async () => {
    await page.getByRole('link', { name: 'Agent Rangers, start' }).click()
    await page.getByRole('searchbox', { name: 'Search boards' }).waitFor()
    await check('all boards')
    await page.getByRole('radio', { name: 'List' }).click()
    await check('all boards as a list')
    await page.getByRole('radio', { name: 'Archived' }).click()
    await check('no archived boards')
    await page.getByRole('button', { name: 'Inbox' }).click()
    await dialog.getByText('Nothing here yet').waitFor()
    await check('inbox as a panel')
    await dialog.getByRole('link', { name: 'Open the inbox' }).click()
    await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor()
    await check('inbox')
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByText(/database connected/i).waitFor()
    await check('settings')
    const board = hash.split('/').at(-1)
    // Each with what it shows once it has been read.
    for (const [place, text] of [
      ['#/search?q=sum', 'Mend the'],
      ['#/settings/keyboard', 'Keyboard shortcuts'],
      ['#/workflows', 'Duplicate'],
      ['#/approvals', 'Nobody waits for you'],
      ['#/agents', 'No agent is at work'],
      ['#/usage', 'Usage'],
      ['#/trash', 'The trash is empty'],
      [`#/archive/${board}`, 'Nothing is archived'],
      ['#/nowhere', 'Go to the start'],
      ['#/welcome', 'Try the sample'],
    ] as const) {
      await page.evaluate((to) => location.assign(to), place)
      await page.getByRole('main').getByText(text).first().waitFor()
      await check(place)
    }
  })

  await test.step('a board, its views and its settings', async () => {
    for (const view of ['', '?view=table', '?view=timeline', '?view=insights']) {
      await page.evaluate((to) => location.assign(to), `${hash}${view}`)
      await page.getByRole('button', { name: 'Board settings' }).waitFor()
      await check(`board ${view}`)
    }
    await page.evaluate((to) => location.assign(to), hash)
    await page.getByRole('button', { name: 'Board settings' }).click()
    for (const part of ['General', 'Agents', 'Labels', 'Column rules']) {
      await dialog.getByRole('tab', { name: part }).click()
      if (part === 'Labels') {
        await dialog.getByLabel('Name of the new label').fill('bug')
        await page.keyboard.press('Enter')
        await dialog.getByRole('button', { name: 'Rename bug' }).waitFor()
      }
      await check(`board settings, ${part}`)
    }
    await page.keyboard.press('Escape')
    await card(page, 'Mend the sum').click()
    await page.getByRole('heading', { name: 'Mend the sum' }).waitFor()
    await check('card')
  })
})

test('at 200 % zoom an open card has the place of the board, which comes back when it closes', async ({
  rangers: { app, page },
  repo,
}) => {
  await openFolder(page, repo)
  await addCard(page, 'Backlog', 'Paint it')
  await addCard(page, 'Backlog', 'Mend the sum')
  await card(page, 'Mend the sum').press('Enter')
  await page.getByRole('tab', { name: 'History' }).press('Escape')
  await expect(card(page, 'Mend the sum')).toBeFocused()
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.setZoomFactor(2)
  })
  await card(page, 'Mend the sum').press('Enter')
  await expect(page.getByRole('complementary', { name: /Mend the sum/ })).toBeFocused()
  await expect(page.getByRole('heading', { name: 'Mend the sum' })).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('button', { name: 'Close' })).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('button', { name: 'Board settings' })).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(card(page, 'Mend the sum')).toBeInViewport({ ratio: 1 })
  await expect(card(page, 'Mend the sum')).toBeFocused()
})

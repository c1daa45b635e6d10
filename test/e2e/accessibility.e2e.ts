import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { addCards, makeBoard } from './fixtures/board.ts'
import { clippedTexts } from './fixtures/clipped-text.ts'
import { addCard, card, dragTo, expect, openFolder, test } from './fixtures/rangers.ts'

/** What keeps people out: the rule, what breaks it, and why. */
async function violations(page: Page): Promise<string[]> {
  // Legacy mode: Electron opens no page of its own for axe to work in.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  const told = found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, any, all, none }) => {
        const why = [...any, ...all, ...none].map(({ message }) => message).join('; ')
        return `${id}: ${html.slice(0, 120)}: ${why}`
      }),
    )
  return [...new Set(told)]
}

test('no view keeps anybody out, in both themes, and the keyboard reaches everything', async ({
  rangers: { page },
  repo,
}) => {
  /** In both themes; ends in the one it began with. */
  const check = async (view: string) => {
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      expect.soft(await violations(page), `${view}, ${theme}`).toEqual([])
    }
  }
  const close = async () => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }

  await test.step('welcome and the dialogs of the shell', async () => {
    await expect(page.getByRole('button', { name: 'Try the sample' })).toBeVisible()
    await check('welcome')
    await page.getByRole('button', { name: 'Open a folder…' }).click()
    await check('open a folder')
    await page.getByLabel('Path of the folder').fill(`${repo}/nowhere`)
    await page.keyboard.press('Enter')
    await expect(page.getByRole('dialog')).toContainText('There is no folder')
    await check('a folder that is not there')
    await close()
    await page.getByRole('button', { name: 'New board' }).click()
    await check('new board')
    await close()
    await page.keyboard.press('?')
    await check('keys')
    await page.getByRole('button', { name: 'Change shortcuts…' }).click()
    await check('keyboard')
    await page.getByRole('button', { name: 'Change C of New card' }).click()
    await page.keyboard.press('e')
    await expect(page.getByRole('dialog')).toContainText('E is taken by “Edit title”.')
    await check('recording of keys')
    await page.keyboard.press('Escape')
    await close()
    await page.keyboard.press('Control+k')
    await check('palette')
    await page.keyboard.type('qqqq')
    await check('palette without results')
    await close()
    await page.getByRole('link', { name: 'Agent Rangers, start' }).click()
  })

  await test.step('board and card', async () => {
    await openFolder(page, repo)
    await check('empty board')
    await addCard(page, 'Backlog', 'Mend the sum')
    await addCard(page, 'Backlog', 'Another card')
    await card(page, 'Another card').focus()
    await page.keyboard.press('p')
    await check('page of the palette')
    await close()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('card')
    await check('palette with results')
    await close()
    await dragTo(page, 'Mend the sum', 'In progress')
    await expect(card(page, 'Mend the sum')).toContainText('Ready for review', { timeout: 30_000 })
    await check('board')
    await card(page, 'Mend the sum').click()
    await expect(page.getByRole('region', { name: 'Agents', exact: true })).toContainText(
      'Approved after 2 rounds.',
    )
    await check('overview')
    await page.getByRole('button', { name: 'Compare rounds' }).click()
    const compared = page.getByRole('region', { name: 'Rounds side by side' })
    await expect(compared.getByRole('region', { name: 'sum.js' })).toContainText('Number(a) + Number(b)')
    await check('rounds side by side')
    await page.getByRole('tab', { name: 'Activity' }).click()
    await expect(page.getByRole('tabpanel')).toContainText('Both are converted now.')
    await check('activity')
    await page.getByRole('tab', { name: /Changes/ }).click()
    await expect(page.getByRole('tabpanel')).toContainText('Number(a) + Number(b)')
    await check('changes')
    await page.getByRole('tab', { name: 'History' }).click()
    await expect(page.getByRole('tabpanel')).toContainText('created this card in Backlog')
    await check('history')
    await page.getByRole('tab', { name: 'Overview' }).click()
    await page.getByRole('button', { name: 'Merge…' }).click()
    await expect(page.getByRole('dialog')).toContainText('It merges without conflicts.')
    await check('merge')
    await close()
    await page.getByRole('button', { name: 'Discard…' }).click()
    await check('discard')
    await page.keyboard.press('Escape')
    await page.getByRole('button', { name: 'Board settings' }).click()
    await check('board settings')
    await close()
    await page.getByRole('button', { name: 'Close', exact: true }).click()
    await page.getByRole('button', { name: 'Activity' }).click()
    await expect(page.getByRole('complementary', { name: 'Activity' })).toContainText('created SUM-1')
    await check('activity of the board')
    await page.getByRole('button', { name: 'Close the activity' }).click()
    await page.getByRole('button', { name: 'Options of In progress' }).click()
    await check('menu of a column')
    await page.keyboard.press('Escape')
  })

  await test.step('settings', async () => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await expect(page.getByText(/database connected/i)).toBeVisible()
    await check('settings')
  })

  await test.step('by keyboard alone', () => useKeyboardOnly(page))
})

test('no page keeps anybody out or cuts its texts, in both themes, at 1280×800 and at 200 % zoom', async ({
  rangers: { app, page },
}) => {
  const zoom = (factor: number) =>
    app.evaluate(({ BrowserWindow }, value) => {
      for (const window of BrowserWindow.getAllWindows()) window.webContents.setZoomFactor(value)
    }, factor)
  const check = async (view: string) => {
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      expect.soft(await violations(page), `${view}, ${theme}`).toEqual([])
    }
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
  await addCard(page, 'Backlog', 'Mend the sum')
  await app.evaluate(({ BrowserWindow }) => {
    for (const window of BrowserWindow.getAllWindows()) window.webContents.setZoomFactor(2)
  })
  await card(page, 'Mend the sum').press('Enter')
  await expect(page.getByRole('heading', { name: 'Mend the sum' })).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('button', { name: 'Close' })).toBeInViewport({ ratio: 1 })
  await expect(page.getByRole('button', { name: 'Board settings' })).toBeHidden()
  await page.keyboard.press('Escape')
  await expect(card(page, 'Mend the sum')).toBeInViewport({ ratio: 1 })
})

/** From the settings to a board, to a card, through its tabs, to a merge and back, without a pointer. */
async function useKeyboardOnly(page: Page): Promise<void> {
  await page.reload()
  await page.getByRole('link', { name: /^sum,/ }).waitFor() // Tab goes through what is there by then
  const tabTo = async (name: RegExp) => {
    const reached: string[] = []
    for (let presses = 0; presses < 40; presses += 1) {
      await page.keyboard.press('Tab')
      const focused = await nameOfFocused(page)
      if (name.test(focused)) return
      reached.push(focused)
    }
    throw new Error(`Tab does not reach ${name}, but: ${reached.join(' | ')}`)
  }
  await tabTo(/^sum,/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { level: 1, name: 'sum' })).toBeVisible()
  await card(page, 'Another card').waitFor()
  await tabTo(/^Board settings/)
  await tabTo(/SUM-2 Another card/)
  await page.keyboard.press('ArrowRight')
  await expect(card(page, 'Mend the sum')).toBeFocused()
  await page.keyboard.press('Enter')
  await page.getByRole('tab', { name: 'Overview' }).waitFor()
  await tabTo(/^Overview/)
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('log', { name: 'What the agents do' })).toContainText('Both are converted now.')
  await page.keyboard.press('ArrowRight')
  await expect(page.getByRole('tabpanel')).toContainText('sum.js')
  await page.keyboard.press('Home')
  await expect(page.getByRole('tab', { name: 'Overview' })).toBeFocused()
  await page.getByRole('button', { name: 'Merge…' }).waitFor()
  await tabTo(/^Merge…/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toContainText('It merges without conflicts.')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await expect(page.getByRole('button', { name: 'Merge…' })).toBeFocused()
  await page.keyboard.press('Escape')
  await expect(page.getByRole('tab', { name: 'Overview' })).toHaveCount(0)
}

/** As a screen reader would name it, roughly. */
function nameOfFocused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return element?.getAttribute('aria-label') ?? element?.textContent ?? ''
  })
}

test('the views beside the board, the filter and the search keep nobody out, in both themes', async ({
  rangers: { page },
}) => {
  const check = async (view: string) => {
    for (const theme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' })
      expect.soft(await violations(page), `${view}, ${theme}`).toEqual([])
    }
  }
  const show = (view: string) => page.getByRole('radio', { name: view }).click()
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Weed', 'Dig the pond'])
  await page.getByRole('button', { name: 'Filter', exact: true }).click()
  await expect(page.getByRole('combobox', { name: 'Filter by' })).toBeFocused()
  await page.keyboard.type('prio')
  await page.keyboard.press('Enter')
  await check('picker of the filter')
  await expect(page.getByRole('combobox', { name: 'Priority' })).toBeFocused()
  await page.keyboard.type('no prio')
  await page.keyboard.press('Enter')
  await page.keyboard.press('Escape')
  await check('filtered board')
  await page.getByRole('button', { name: 'Sort and group' }).click()
  await page.getByRole('menuitemcheckbox', { name: 'Priority' }).last().click()
  await check('swimlanes')
  await show('Table')
  await page.getByRole('gridcell', { name: 'Weed' }).waitFor()
  await check('table')
  await show('Timeline')
  await page.getByRole('button', { name: /Weed/ }).focus()
  await page.keyboard.press('Shift+ArrowRight')
  await check('timeline')
  await show('Insights')
  await page.getByRole('region', { name: 'Numbers of Cumulative flow' }).waitFor()
  await check('insights')
  await page.keyboard.press('Control+Shift+f')
  await page.getByRole('searchbox', { name: 'Search all boards' }).fill('pond')
  await page.getByRole('list', { name: 'Found cards' }).waitFor()
  await check('search')
})

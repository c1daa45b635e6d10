import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { addCards } from '../../test/e2e/fixtures/board.ts'
import { queryDatabase } from '../../test/e2e/fixtures/database.ts'
import { test as base, card, column, dragTo, expect, openFolder } from '../../test/e2e/fixtures/rangers.ts'
import { startFakeModelServer } from '../../test/fake-model-server/server.ts'
import { makeRepository } from '../../test/helpers/git-fixture.ts'
import { SHOP_CARDS, SHOP_FILES, type ShopTitle } from './shop-files.ts'
import { SHOP_SCENARIO } from './shop-scenario.ts'
import { take } from './take.ts'

const test = base.extend({
  // The path is in the pictures: it is the same everywhere.
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters
  folder: async ({}, use) => {
    const folder = path.join(tmpdir(), 'agent-rangers-demo')
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder)
    await use(folder)
    await rm(folder, { recursive: true, force: true })
  },
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the parameters
  model: async ({}, use) => {
    const model = await startFakeModelServer({ scenario: SHOP_SCENARIO })
    await use(model)
    await model.close()
  },
  repo: async ({ folder }, use) => use(await makeRepository(path.join(folder, 'shop'), SHOP_FILES)),
})

/** Cards whose agents have finished, and what they say then. */
const SETTLED: readonly [ShopTitle, string][] = [
  ['Sort reviews by date', 'Ready for review'],
  ['Refuse e-mail addresses without a domain', 'Ready for review'],
  ['Import prices from CSV', 'Failed'],
  ['Block double orders', 'Needs attention'],
  ['Keep the cart between visits', 'Ready for review'],
  ['Round totals to cents', 'Ready for review'],
]

/** Cards whose agents are at work, and what they say then. */
const RUNNING: readonly [ShopTitle, string][] = [
  ['Apply discounts before tax', 'The check passes.'],
  ['Speed up the product list', 'I add stockOfAll'],
  ['Show delivery dates', 'Reviewing'],
  ['Translate the checkout', 'Texts are written in the templates.'],
  ['Ship to Switzerland', 'Queued'],
]

test('the app', async ({ rangers: { app, page }, repo, folder }) => {
  const shoot = async (view: string) => {
    await dismissToasts(page)
    await take(app, page, view)
  }
  const closeDialog = async () => {
    await page.keyboard.press('Escape')
    await expect(page.getByRole('dialog')).toHaveCount(0)
  }

  await expect(page.getByRole('button', { name: 'Try the sample' })).toBeVisible()
  await shoot('welcome')

  await page.getByRole('button', { name: 'Open a folder…' }).click()
  await page.getByLabel('Path of the folder').fill(repo)
  await shoot('open-folder')
  await page.getByRole('button', { name: 'Continue' }).click()
  await expect(page.getByRole('dialog')).toContainText('Git repository on branch')
  await shoot('open-folder-found')
  await closeDialog()

  await openFolder(page, repo)
  await shoot('board-empty')
  await writeCards(page, folder)

  for (const [title] of SETTLED) await run(page, title)
  for (const [title, state] of SETTLED) await expect(card(page, title)).toContainText(state)
  for (const title of ['Sort reviews by date', 'Refuse e-mail addresses without a domain'])
    await merge(page, title)
  await shoot('board')

  await card(page, 'Round totals to cents').click()
  await expect(page.getByRole('region', { name: 'Agents' })).toContainText('Approved after 2 rounds.')
  await page.getByRole('button', { name: /Changes requested/ }).click()
  await shoot('card-overview')
  await page.getByRole('tab', { name: /Changes/ }).click()
  await expect(page.getByRole('tabpanel')).toContainText('toCents(taxed')
  await shoot('card-changes')
  await page.getByRole('tab', { name: 'Overview' }).click()
  await page.getByRole('button', { name: 'Merge…' }).click()
  await expect(page.getByRole('dialog')).toContainText('It merges without conflicts.')
  await shoot('merge-dialog')
  await closeDialog()
  await page.getByRole('button', { name: 'Close' }).click()

  for (const [title] of RUNNING) await dragTo(page, title, 'In progress')
  for (const [title, text] of RUNNING) await expect(card(page, title)).toContainText(text)
  await shoot('board-running')
  const board = new URL(page.url()).hash
  await card(page, 'Apply discounts before tax').click()
  await page.getByRole('tab', { name: 'Activity' }).click()
  await expect(page.getByRole('log')).toContainText('The check passes.')
  await shoot('card-activity')

  await page.getByRole('link', { name: /^Agents/ }).click()
  await expect(page.getByRole('main', { name: 'Agents' })).toContainText('Ship to Switzerland')
  await shoot('agents')

  await page.getByRole('link', { name: 'Settings' }).click()
  await expect(page.getByText(/database connected/i)).toBeVisible()
  await shoot('settings')
  await shootOtherPages(page, board, shoot)
})

/** What lies around the board: its other views and its settings, all boards, the inbox and the search. */
async function shootOtherPages(
  page: Page,
  board: string,
  shoot: (view: string) => Promise<void>,
): Promise<void> {
  for (const view of ['table', 'timeline', 'insights']) {
    await page.evaluate((to) => location.assign(to), `${board}?view=${view}`)
    await page.getByRole('button', { name: 'Board settings' }).waitFor()
    await shoot(`board-${view}`)
  }
  await page.evaluate((to) => location.assign(to), board)
  await page.getByRole('button', { name: 'Board settings' }).click()
  const dialog = page.getByRole('dialog')
  for (const part of ['General', 'Labels', 'Column rules']) {
    await dialog.getByRole('tab', { name: part }).click()
    await shoot(`board-settings-${part.toLowerCase().replace(' ', '-')}`)
  }
  await page.keyboard.press('Escape')
  await page.getByRole('link', { name: 'Agent Rangers, start' }).click()
  await page.getByRole('searchbox', { name: 'Search boards' }).waitFor()
  await shoot('boards')
  await page.getByRole('button', { name: /^Inbox/ }).click()
  await dialog.getByRole('link', { name: 'Open the inbox' }).click()
  await page.getByRole('heading', { level: 1, name: 'Inbox' }).waitFor()
  await shoot('inbox')
  await page.evaluate((to) => location.assign(to), '#/search?q=totals')
  await page.getByRole('main').waitFor()
  await shoot('search')
}

test('an app that cannot start', async ({ start }) => {
  const { app, page } = await start({ DATABASE_URL: 'postgresql://shop@127.0.0.1:1/shop' })
  await expect(page.getByText('Agent Rangers could not start')).toBeVisible()
  await take(app, page, 'error')
})

/** Writes all cards into the backlog, with what would take a person long to click. */
async function writeCards(page: Page, folder: string): Promise<void> {
  await addCards(
    page,
    'Backlog',
    SHOP_CARDS.map(({ title }) => title),
  )
  for (const { title, priority, text } of SHOP_CARDS) {
    await queryDatabase(folder, 'UPDATE tasks SET priority = $2, description = $3 WHERE title = $1', [
      title,
      priority,
      text,
    ])
  }
  await page.reload()
  await expect(column(page, 'Backlog')).toBeVisible()
}

async function run(page: Page, title: ShopTitle): Promise<void> {
  await card(page, title).focus()
  await page.keyboard.press('Control+Enter')
  await expect(column(page, 'Backlog').getByRole('article', { name: title })).toHaveCount(0)
}

async function merge(page: Page, title: string): Promise<void> {
  await card(page, title).click()
  await page.getByRole('button', { name: 'Merge…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(column(page, 'Done').getByRole('article', { name: title })).toBeVisible()
  await page.getByRole('button', { name: 'Close' }).click()
}

async function dismissToasts(page: Page): Promise<void> {
  const dismiss = page.getByRole('button', { name: 'Dismiss' })
  while ((await dismiss.count()) > 0) await dismiss.first().click()
}

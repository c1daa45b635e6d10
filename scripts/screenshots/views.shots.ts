import { mkdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { addCards } from '../../test/e2e/fixtures/board.ts'
import { queryDatabase } from '../../test/e2e/fixtures/database.ts'
import { test as base, card, column, dragTo, expect, openFolder } from '../../test/e2e/fixtures/rangers.ts'
import { startFakeModelServer } from '../../test/fake-model-server/server.ts'
import { makeRepository } from '../../test/helpers/git-fixture.ts'
import { SHOP_CARDS, SHOP_FILES, SHOP_LABELS, type ShopTitle } from './shop-files.ts'
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

/** Views of a board, and what its address says of them. */
const BOARD_VIEWS = [
  ['table', 'view=table'],
  ['timeline', 'view=timeline'],
  ['insights', 'view=insights'],
  ['lanes', 'group=priority'],
] as const

const PAGES = [
  ['boards', '#/boards'],
  ['inbox', '#/inbox'],
  ['search', '#/search?q=orders'],
  ['workflows', '#/workflows'],
  ['usage', '#/usage'],
  ['trash', '#/trash'],
  ['settings', '#/settings'],
  ['settings-keyboard', '#/settings/keyboard'],
] as const

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
  await expect(page.getByRole('region', { name: 'Agents', exact: true })).toContainText(
    'Approved after 2 rounds.',
  )
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

  const board = new URL(page.url()).hash
  await shootAlternatives(page, shoot)

  for (const [title] of RUNNING) await dragTo(page, title, 'In progress')
  for (const [title, text] of RUNNING) await expect(card(page, title)).toContainText(text)
  await shoot('board-running')
  await card(page, 'Apply discounts before tax').click()
  await page.getByRole('tab', { name: 'Activity' }).click()
  await expect(page.getByRole('log')).toContainText('The check passes.')
  await shoot('card-activity')

  await page.getByRole('link', { name: /^Agents/ }).click()
  await expect(page.getByRole('main', { name: 'Agents' })).toContainText('Ship to Switzerland')
  await shoot('agents')

  await shootOtherPages(page, board, shoot)
})

/** What lies around the board: its other views and its settings, and the pages of the window. */
async function shootOtherPages(
  page: Page,
  board: string,
  shoot: (view: string) => Promise<void>,
): Promise<void> {
  const goTo = (hash: string) => page.evaluate((to) => location.assign(to), hash)
  const dialog = page.getByRole('dialog')
  for (const [view, search] of BOARD_VIEWS) {
    await goTo(`${board}?${search}`)
    await page.getByRole('button', { name: 'Board settings' }).waitFor()
    await shoot(`board-${view}`)
  }
  await goTo(board)
  await page.getByRole('button', { name: 'Board settings' }).click()
  for (const part of ['General', 'Labels', 'Column rules', 'Agents']) {
    await dialog.getByRole('tab', { name: part }).click()
    await shoot(`board-settings-${part.toLowerCase().replace(' ', '-')}`)
  }
  await page.keyboard.press('Escape')
  for (const [view, hash] of PAGES) {
    await goTo(hash)
    await page.getByRole('main').waitFor()
    await shoot(view)
  }
  await goTo(board)
  await page.keyboard.press('ControlOrMeta+k')
  await dialog.waitFor()
  await shoot('palette')
  await page.keyboard.press('Escape')
  await page.keyboard.press('?')
  await dialog.waitFor()
  await shoot('shortcuts')
  await page.keyboard.press('Escape')
}

/** Two agents that have done the same card beside each other. */
async function shootAlternatives(page: Page, shoot: (view: string) => Promise<void>) {
  await card(page, 'Warn before a session ends').click()
  const agents = page.getByRole('region', { name: 'Agents', exact: true })
  await agents.getByRole('button', { name: 'Run with several agents…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Run with several agents' })
  for (const name of ['Agent 1', 'Agent 2']) {
    await dialog.getByRole('button', { name: new RegExp(`^${name}`) }).click()
    await page.getByRole('menuitemcheckbox', { name: /^Demo agent/ }).click()
  }
  await shoot('alternatives-dialog')
  await dialog.getByRole('button', { name: 'Start 2' }).click()
  await expect(agents.getByRole('button', { name: 'Pick' })).toHaveCount(2)
  await shoot('alternatives')
  await page.getByRole('button', { name: 'Open as a page' }).click()
  await shoot('card-page')
  await page.goBack()
  await page.getByRole('button', { name: 'Close' }).click()
}

test('an agent that asks, as it does where nothing was allowed before', async ({ start, repo }) => {
  const { app, page } = await start({ RANGERS_PERMISSION_MODE: 'ask' })
  await openFolder(page, repo)
  await addCards(page, 'Backlog', ['Show stock on the product page'])
  await dragTo(page, 'Show stock on the product page', 'In progress')
  await page.getByRole('link', { name: /^Approvals, 1 open/ }).click()
  const question = page.getByRole('article', { name: /^An agent asks/ })
  await question.getByRole('table').waitFor() // the change, drawn
  await take(app, page, 'approvals')
})

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
  for (const { name, color } of SHOP_LABELS) {
    await queryDatabase(
      folder,
      'INSERT INTO labels (board_id, name, color) SELECT id, $1::varchar, $2::varchar FROM boards',
      [name, color],
    )
  }
  for (const one of SHOP_CARDS) {
    await queryDatabase(
      folder,
      `UPDATE tasks SET priority = $2, description = $3, due_date = current_date + $4::int, estimate = $5,
         assigned_to = $6,
         label_ids = coalesce((SELECT array_agg(id ORDER BY name) FROM labels WHERE name = ANY ($7)), '{}')
       WHERE title = $1`,
      [
        one.title,
        one.priority,
        one.text ?? null,
        one.due ?? null,
        one.points ?? null,
        one.assignee ?? null,
        one.labels ?? [],
      ],
    )
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

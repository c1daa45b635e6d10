import type { Page } from '@playwright/test'
import { findTagged } from '#electron/platform/process-table.ts'
import { gitIn } from '../helpers/git-fixture.ts'
import { toast } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { card, column, dataFolderOf, dragTo, expect, test } from './fixtures/rangers.ts'

const HOURS = 'Write 90 minutes as 1h 30m'
const DAYS = 'Understand days'

test.use({ isSetUp: false }) // as at the very first start

test('the sample: watched live, still there after a restart, discarded and recoverable, cancelled', async ({
  start,
  folder,
}) => {
  const first = await start({ ANTHROPIC_API_KEY: '' })

  await test.step('first run', async () => {
    const { page } = first
    await expect(page.getByRole('heading', { level: 1 })).toHaveText('A board whose cards are done by agents')
    await expect(page.getByText('Agents need a key')).toBeVisible()
    await page.getByRole('button', { name: 'Try the sample' }).click()
    await expect(column(page, 'Backlog').getByRole('article')).toHaveCount(4)
  })

  await test.step('the card tells live what its agents do', async () => {
    const { page } = first
    const shown = await noteTexts(page, HOURS)
    await dragTo(page, HOURS, 'In progress')
    await expect(card(page, HOURS)).toContainText('Ready for review', { timeout: 60_000 })
    const texts = (await shown()).join('\n')
    for (const text of ['Demo agent', 'Planning', 'Round 1/3', 'Developing', 'Round 2/3'])
      expect(texts).toContain(text)
    // At most once a second: which of their steps a card tells is chance.
    expect(texts).toMatch(/View src|Edit src|Run the check|formatDuration/)
    await expect(column(page, 'Review').getByRole('article', { name: HOURS })).toBeVisible()
  })

  const seen = await readActivity(first.page)
  const said = seen.filter((row) => /counted over the whole|Right: I round once|each has a test/.test(row))
  expect(said.length).toBeGreaterThanOrEqual(3)
  for (const row of said) expect(row).toContain('Demo agent')
  await first.app.close()

  const { page } = await start({ ANTHROPIC_API_KEY: '' })
  await test.step('all of it is there after a restart', async () => {
    await expect(column(page, 'Review').getByRole('article', { name: HOURS })).toContainText(
      'Ready for review',
    )
    expect(await readActivity(page)).toEqual(seen)
    await page.getByRole('tab', { name: 'Overview' }).click()
    const agents = page.getByRole('region', { name: 'Agents', exact: true })
    await expect(agents).toContainText('Approved after 2 rounds.')
    await expect(agents.getByRole('list', { name: 'Rounds' }).getByText('Round 2')).toBeVisible()
  })

  await test.step('discarded, and recoverable', async () => {
    const agents = page.getByRole('region', { name: 'Agents', exact: true })
    await agents.getByRole('button', { name: 'Discard…' }).click()
    await page.getByRole('alertdialog').getByRole('button', { name: 'Discard' }).click()
    await expect(toast(page, 'was discarded')).toContainText('All of it is kept')
    await expect(card(page, HOURS)).toContainText('Discarded')
    const [execution] = await queryDatabase(folder, 'SELECT id FROM executions')
    const repo = `${dataFolderOf(folder)}/sample/durations`
    const ref = `refs/rangers/discarded/${execution?.id}`
    expect(await gitIn(repo, 'show', `${ref}:src/format-duration.js`)).toContain('const whole = Math.round')
    expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
    const merge = agents.getByRole('button', { name: 'Merge…' })
    await page.keyboard.press('Control+z')
    await expect(toast(page, /^Undone: discarded the work on SD-1/)).toBeVisible()
    await expect(column(page, 'Review').getByRole('article', { name: HOURS })).toContainText(
      'Ready for review',
    )
    await expect(merge).toBeVisible()
    expect(await gitIn(repo, 'branch', '--list', 'rangers/*')).toContain('rangers/SD-1')
    await page.keyboard.press('Control+Shift+z')
    await expect(card(page, HOURS)).toContainText('Discarded')
    await agents.getByRole('button', { name: 'Bring back' }).click()
    await expect(toast(page, 'The work on SD-1 is back')).toContainText('It is on rangers/SD-1')
    await expect(merge).toBeVisible()
    await page.keyboard.press('Escape')
  })

  await test.step('cancelled in the middle of a command: dead within 5 s', async () => {
    await page.getByRole('button', { name: 'Board settings' }).click()
    await page.getByLabel('Check command').fill('node -e "setInterval(() => {}, 1000)"')
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('dialog')).toBeHidden()
    await card(page, DAYS).focus()
    await page.keyboard.press('Control+Enter')
    await expect(card(page, DAYS)).toContainText('before the work', { timeout: 30_000 })
    const [execution] = await queryDatabase(folder, "SELECT id FROM executions WHERE status = 'running'")
    const id = String(execution?.id)
    await expect.poll(async () => (await findTagged('RANGERS_EXECUTION_ID', id)).length).toBeGreaterThan(0)
    await card(page, DAYS).hover()
    await page.getByRole('button', { name: 'Cancel SD-2' }).click()
    await expect(card(page, DAYS)).toContainText('Cancelled', { timeout: 5_000 })
    expect(await findTagged('RANGERS_EXECUTION_ID', id)).toEqual([])
  })
})

/** All rows of the activity of the sample’s first card, from the first to the last; only those in sight are drawn. */
async function readActivity(page: Page): Promise<string[]> {
  await card(page, HOURS).click()
  await page.getByRole('tab', { name: 'Activity' }).click()
  const log = page.getByRole('log', { name: 'What the agents do' })
  await expect(log).toContainText('Approved')
  return log.evaluate(async (element) => {
    const frame = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))
    const rows: string[] = []
    for (let top = 0; top < element.scrollHeight + element.clientHeight; top += element.clientHeight / 2) {
      element.scrollTop = top
      await frame()
      for (const row of element.querySelectorAll<HTMLElement>('[data-index]')) {
        rows[Number(row.dataset.index)] = row.textContent ?? ''
      }
    }
    return rows
  })
}

/** All that a card says from now on, also what it says for a moment only. */
async function noteTexts(page: Page, title: string): Promise<() => Promise<string[]>> {
  const notes = await page.evaluateHandle((title) => {
    const texts: string[] = []
    const note = () => {
      const card = document.querySelector(`[role=article][aria-label$="${title}"]`)
      const text = card?.textContent
      if (text && text !== texts.at(-1)) texts.push(text)
    }
    new MutationObserver(note).observe(document.body, { subtree: true, childList: true, characterData: true })
    return texts
  }, title)
  return () => notes.jsonValue()
}

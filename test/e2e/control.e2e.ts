import type { Page } from '@playwright/test'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'
import { toast } from './fixtures/board.ts'
import { addCard, card, column, dragTo, expect, openFolder, test } from './fixtures/rangers.ts'

const RULES = TWO_ROUNDS.rules ?? []
/** An architect that begins to speak and then says nothing more. */
const SLOW_PLAN = {
  match: { system: 'You are the architect' },
  times: 1,
  reply: { text: 'I look at it first.', stall: { afterEvents: 4, pingEveryMs: 1_000 } },
}

const agentsOf = (page: Page) => page.getByRole('region', { name: 'Agents', exact: true })

async function startsFromNowOn(page: Page, what: string): Promise<void> {
  const item = page.getByRole('menuitemcheckbox', { name: what })
  await page.getByRole('button', { name: 'Options of In progress' }).click()
  await item.click()
  await page.getByRole('button', { name: 'Options of In progress' }).click()
  await expect(item).toBeChecked()
  await page.keyboard.press('Escape')
}

async function toBoard(page: Page): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Boards and settings' })
    .getByRole('link', { name: /^sum,/ })
    .click()
  await column(page, 'Backlog').waitFor()
}

test('a run is paused and goes on, ends at its rounds and its budget, and a person decides; columns plan or judge only', async ({
  rangers: { page },
  repo,
  model,
}) => {
  model.play({ rules: [SLOW_PLAN, ...RULES] })
  const agents = agentsOf(page)
  await openFolder(page, repo)
  await addCard(page, 'Backlog', 'Plan the sum')
  await addCard(page, 'Backlog', 'Mend the sum')
  await addCard(page, 'Backlog', 'Mend it dearly')

  await test.step('a column that only plans; all agents are paused, and go on', async () => {
    await startsFromNowOn(page, 'Starts the architect only')
    await dragTo(page, 'Plan the sum', 'In progress')
    await expect(card(page, 'Plan the sum')).toContainText('Planning')
    await page.getByRole('link', { name: /^Agents, 1 at work/ }).click()
    const main = page.getByRole('main', { name: 'Agents' })
    await main.getByRole('button', { name: 'Pause all' }).click()
    await expect(main.getByRole('region', { name: 'Paused' })).toContainText('Plan the sum')
    await main.getByRole('button', { name: 'Resume all' }).click()
    await toBoard(page)
    await expect(card(page, 'Plan the sum')).toContainText('Plan ready', { timeout: 30_000 })
    await card(page, 'Plan the sum').click()
    await expect(agents).toContainText('The architect has written the plan below.')
    await page.getByRole('tab', { name: 'Activity' }).click()
    const log = page.getByRole('log', { name: 'What the agents do' })
    await expect(log).toContainText('Clarity: 95 of 100. It says what is to be done.')
    await expect(log).not.toContainText('"score"') // the answer is JSON, which is not for reading
    await page.keyboard.press('Escape')
  })

  await test.step('without a plan, to the end of its rounds: what to do is proposed, and a person approves', async () => {
    await page.getByRole('button', { name: 'Board settings' }).click()
    const settings = page.getByRole('dialog', { name: 'Board settings' })
    await settings.getByRole('button', { name: /^Rounds/ }).click()
    await page.getByRole('menuitemcheckbox', { name: '1 round' }).click()
    await settings.getByRole('button', { name: 'Save' }).click()
    await expect(settings).toHaveCount(0)
    await startsFromNowOn(page, 'Starts agents without a plan')
    await dragTo(page, 'Mend the sum', 'In progress')
    await expect(card(page, 'Mend the sum')).toContainText('Needs attention', { timeout: 30_000 })
    await card(page, 'Mend the sum').click()
    await expect(agents).toContainText(
      'The reviewer still asks for changes after 1 round. Look at the findings',
    )
    const rounds = agents.getByRole('list', { name: 'Rounds' })
    await expect(rounds.getByRole('button', { name: /^Development/ })).toBeVisible()
    await expect(rounds.getByRole('button', { name: /^Plan/ })).toHaveCount(0)
    await agents.getByRole('button', { name: 'Approve as it is' }).click()
    await expect(agents).toContainText('Approved by a person after 1 round. Read the changes')
    await expect(card(page, 'Mend the sum')).toContainText('Ready for review')
    await page.keyboard.press('Escape')
  })

  await test.step('a column that only judges what there is', async () => {
    await startsFromNowOn(page, 'Starts the reviewer only')
    await dragTo(page, 'Mend the sum', 'In progress')
    await expect(card(page, 'Mend the sum')).toContainText('Done, no changes', { timeout: 30_000 })
    await card(page, 'Mend the sum').click()
    await expect(agents).toContainText('Approved after 1 round. No files were changed.')
    await page.keyboard.press('Escape')
  })

  await test.step('at its budget it waits, and goes on as soon as the limit is raised', async () => {
    await page.getByRole('link', { name: 'Usage' }).click()
    for (const name of ['For one run', 'In a month']) {
      await page.getByRole('textbox', { name }).fill('0.0001')
      await page.keyboard.press('Enter')
      await expect(toast(page, `${name}: $0.0001`)).toBeVisible()
    }
    await toBoard(page)
    await startsFromNowOn(page, 'Starts agents without a plan')
    await dragTo(page, 'Mend it dearly', 'In progress')
    await expect(card(page, 'Mend it dearly')).toContainText('Out of budget', { timeout: 30_000 })
    await card(page, 'Mend it dearly').click()
    const state = agents.getByRole('status', { name: 'State of the agents' })
    await expect(state).toContainText('Out of budget')
    await expect(state.getByRole('button').first()).toHaveText('Raise the limit…')
    await expect(agents.getByRole('button', { name: 'Resume' })).toHaveCount(0) // it would stop again at once
    const rounds = agents.getByRole('list', { name: 'Rounds' })
    await expect(rounds).toContainText('Stopped by the budget')
    await expect(rounds).not.toContainText('Failed')
    const again = agents.getByRole('button', { name: 'Run again' })
    await again.focus()
    await expect(page.getByRole('tooltip', { name: 'The budget of the month is used up' })).toBeVisible()
    await page.keyboard.press('Enter')
    await page.screenshot({ path: test.info().outputPath('out-of-budget.png') })
    await agents.getByRole('button', { name: 'Raise the limit…' }).click()
    // What was spent before has used up the month: the run itself has spent nothing, and its own limit stops nobody.
    const dialog = page.getByRole('dialog', { name: 'Raise the limit of all boards’ month' })
    await dialog.getByRole('textbox', { name: 'Limit in dollars' }).fill('50')
    await dialog.getByRole('button', { name: 'Raise and go on' }).click()
    await expect(dialog).toHaveCount(0)
    await expect(agents).toContainText('The budget of this run is used up', { timeout: 30_000 })
    await expect(rounds.getByRole('button', { name: /Stopped by the budget/ })).toHaveCount(2)
    await agents.getByRole('button', { name: 'Raise the limit…' }).click()
    const own = page.getByRole('dialog', { name: 'Raise the limit of this run' })
    await own.getByRole('textbox', { name: 'Limit in dollars' }).fill('50')
    await own.getByRole('button', { name: 'Raise and go on' }).click()
    await expect(own).toHaveCount(0)
    await expect(card(page, 'Mend it dearly')).toContainText('Ready for review', { timeout: 30_000 })
    await expect(agents.getByRole('combobox', { name: 'Run' })).toHaveCount(0) // Enter had begun none
  })
})

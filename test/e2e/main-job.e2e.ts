import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { gitIn } from '../helpers/git-fixture.ts'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'
import { addCard, card, column, dragTo, expect, openFolder, test } from './fixtures/rangers.ts'

const RULES = TWO_ROUNDS.rules ?? []

test.use({ isSetUp: false }) // as at the very first start

test('open a repository, write a card, drag it, watch two rounds, read the diff, merge', async ({
  rangers,
  repo,
  model,
}) => {
  const { page } = rangers
  await openFolder(page, repo)
  await addCard(page, 'Backlog', 'Mend the sum')
  await dragTo(page, 'Mend the sum', 'In progress')

  // Finished work waits for the person in the review column.
  await expect(column(page, 'Review').getByRole('article', { name: /Mend the sum/ })).toBeVisible({
    timeout: 30_000,
  })
  await card(page, 'Mend the sum').click()
  const agents = page.getByRole('region', { name: 'Agents', exact: true })
  await expect(agents).toContainText('Approved after 2 rounds.')
  await agents.getByRole('button', { name: /Changes requested/ }).click()
  await expect(agents).toContainText('The sum is right now, but numbers in strings are joined.')
  await expect(agents).toContainText('sum("1", 2) gives "12".')

  await page.getByRole('tab', { name: 'Activity' }).click()
  await expect(page.getByRole('tabpanel')).toContainText('Both are converted now.')
  await page.getByRole('tab', { name: /Changes/ }).click()
  await expect(page.getByRole('tabpanel')).toContainText('sum.js')
  await expect(page.getByRole('tabpanel')).toContainText('Number(a) + Number(b)')

  await test.step('the two rounds side by side, by keyboard', async () => {
    await page.getByRole('tab', { name: 'Overview' }).click()
    await agents.getByRole('button', { name: 'Compare rounds' }).press('Enter')
    const compared = page.getByRole('region', { name: 'Rounds side by side' })
    const table = compared.getByRole('table')
    await expect(table.getByRole('row', { name: /Verdict/ })).toHaveText('VerdictChanges requestedApproved')
    await expect(table.getByRole('row', { name: /Findings/ })).toHaveText('Findings1 findingnone')
    await expect(compared.getByRole('list', { name: 'Resolved' })).toContainText('sum("1", 2) gives "12".')
    await expect(compared.getByRole('region', { name: 'sum.js' })).toContainText('Number(a) + Number(b)')
    await page.screenshot({ path: test.info().outputPath('rounds.png') })
    await compared.getByRole('button', { name: 'Second round: Round 2' }).click()
    await page.getByRole('menuitemcheckbox', { name: 'Round 1' }).click()
    await expect(compared).toContainText('No file is different')
    await compared.getByRole('button', { name: 'All changes' }).press('Enter')
    await expect(page.getByRole('button', { name: 'Collapse all files' })).toBeVisible()
  })

  expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
  await page.getByRole('tab', { name: 'Overview' }).click()
  await page.getByRole('button', { name: 'Merge…' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click()
  await expect(page.getByText(/The changes are in main as commit [0-9a-f]{8}/).first()).toBeVisible()
  await expect(column(page, 'Done').getByRole('article', { name: /Mend the sum/ })).toBeVisible()

  expect(await gitIn(repo, 'log', '--first-parent', '--format=%s')).toBe(
    'Merge SUM-1: Mend the sum\nFirst commit',
  )
  expect(await readFile(path.join(repo, 'sum.js'), 'utf8')).toContain('Number(a) + Number(b)')

  await test.step('undo leads to the revert, and says who changed the card', async () => {
    await page.keyboard.press('Control+z')
    const question = page.getByRole('alertdialog', { name: 'This has changed meanwhile' })
    await expect(question.getByRole('listitem')).toHaveText([
      'SUM-1: place, changed by you.',
      'SUM-1 is merged: “Revert merge…” on the card takes that back.',
    ])
    await question.getByRole('button', { name: 'Leave it' }).click()
  })

  await test.step('the merge is taken back in one click, and the card waits in review again', async () => {
    await agents.getByRole('button', { name: 'Revert merge…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('A new commit takes 1 commit with 1 changed file out of main.')
    await expect(dialog.getByRole('list', { name: 'Changed files' })).toHaveText('sum.js')
    await page.screenshot({ path: test.info().outputPath('revert.png') })
    await dialog.getByRole('button', { name: 'Revert merge', exact: true }).click()
    await expect(page.getByText(/The changes are out of main as of commit [0-9a-f]{8}/).first()).toBeVisible()
    await expect(column(page, 'Review').getByRole('article', { name: /Mend the sum/ })).toBeVisible()
    await expect(agents.getByRole('button', { name: 'Merge…' })).toBeVisible()
    expect(await readFile(path.join(repo, 'sum.js'), 'utf8')).not.toContain('Number(a)')
    expect(await gitIn(repo, 'log', '-1', '--format=%s')).toBe('Revert “SUM-1: Mend the sum”')
    expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
  })
  expect(model.requests.every((request) => request.rejected === null)).toBe(true)
})

test('the app killed in the middle of a run: the board opens, the card says so, Resume completes', async ({
  start,
  repo,
  model,
}) => {
  const first = await start()
  model.play({
    rules: [{ match: { system: 'Carry' }, reply: { text: 'I begin', stall: { afterEvents: 5 } } }, ...RULES],
  })
  await openFolder(first.page, repo)
  await addCard(first.page, 'Backlog', 'Mend the sum')
  await dragTo(first.page, 'Mend the sum', 'In progress')
  await card(first.page, 'Mend the sum').click()
  await first.page.getByRole('tab', { name: 'Activity' }).click()
  await expect(first.page.getByRole('tabpanel')).toContainText('I begin')
  await first.kill()

  model.play({ rules: RULES })
  const { page } = await start()
  await expect(card(page, 'Mend the sum')).toContainText('Interrupted')
  await card(page, 'Mend the sum').click()
  const agents = page.getByRole('region', { name: 'Agents', exact: true })
  await agents.getByRole('button', { name: 'Resume' }).click()
  await expect(agents).toContainText('Approved after 2 rounds.', { timeout: 30_000 })
  const plans = model.requests.filter((request) =>
    JSON.stringify(request.body).includes('You are the architect'),
  )
  expect(plans).toHaveLength(0)
})

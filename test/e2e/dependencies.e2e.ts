import type { Page } from '@playwright/test'
import { TWO_ROUNDS } from '../helpers/two-rounds.ts'
import { addCards } from './fixtures/board.ts'
import { card, column, dragTo, expect, openFolder, test } from './fixtures/rangers.ts'

async function blockedBy(page: Page, title: string, ...keys: string[]): Promise<void> {
  await card(page, title).click()
  for (const key of keys) {
    await page.getByRole('button', { name: 'Link a card' }).click()
    await page.getByRole('combobox').fill('Blocked by')
    await page.keyboard.press('Enter')
    await page.getByRole('combobox', { name: 'Blocked by: key or title' }).fill(key)
    await page.keyboard.press('Enter')
    await expect(
      page.getByRole('region', { name: 'Links' }).getByRole('button', { name: key }).first(),
    ).toBeVisible()
  }
  await page.keyboard.press('Escape')
}

test('a card that others block waits in the column that starts agents, and starts by itself when the last is merged', async ({
  rangers: { page },
  repo,
  model,
}) => {
  // The work on the card that waits stops at its plan: that it began is all that is told here.
  const stalled = { text: 'I think', stall: { afterEvents: 4 } }
  const rules = TWO_ROUNDS.rules ?? []
  model.play({
    rules: [{ match: { system: 'architect', firstUser: 'Tell the world' }, reply: stalled }, ...rules],
  })
  await openFolder(page, repo)
  await addCards(page, 'Backlog', ['Mend the sum', 'Write the notes', 'Tell the world', 'Take a rest'])
  await blockedBy(page, 'Tell the world', 'SUM-1', 'SUM-2')
  await blockedBy(page, 'Take a rest', 'SUM-2')
  const waiting = card(page, 'Tell the world')

  await test.step('it says what it waits for, and starts nothing', async () => {
    await expect(waiting).toContainText('Waits for SUM-1+1')
    await dragTo(page, 'Tell the world', 'In progress')
    await expect(column(page, 'In progress').getByRole('article', { name: 'Tell the world' })).toBeVisible()
    await expect(waiting).toContainText('Waits for SUM-1+1')
    await waiting.click()
    await expect(page.getByRole('region', { name: 'Links' })).toContainText(
      'Agents start on this card by themselves as soon as all of them are done.',
    )
    await page.keyboard.press('Escape')
  })

  await test.step('one of two is done: it waits for the other; where no column starts agents, a card is only free', async () => {
    await dragTo(page, 'Write the notes', 'Done')
    await expect(waiting).not.toContainText('+1')
    await expect(waiting).toContainText('Waits for SUM-1')
    await expect(card(page, 'Take a rest')).not.toContainText('Waits for')
    expect(model.requests).toHaveLength(0)
  })

  await test.step('the last one is merged: it starts', async () => {
    await dragTo(page, 'Mend the sum', 'In progress')
    await expect(column(page, 'Review').getByRole('article', { name: 'Mend the sum' })).toBeVisible({
      timeout: 60_000,
    })
    await expect(waiting).toContainText('Waits for SUM-1')
    await card(page, 'Mend the sum').click()
    await page.getByRole('button', { name: 'Merge…' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click()
    await expect(column(page, 'Done').getByRole('article', { name: 'Mend the sum' })).toBeVisible()
    await expect(waiting).toContainText('Planning', { timeout: 30_000 })
    await expect(waiting).not.toContainText('Waits for')
    await expect(card(page, 'Take a rest')).not.toContainText(/Planning|Queued/)
  })
})

import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { addCards, makeBoard } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { card, expect, test } from './fixtures/rangers.ts'
import { recordRun } from './fixtures/recorded-run.ts'

async function violations(page: Page): Promise<string[]> {
  // Legacy mode: Electron opens no page of its own for axe to work in.
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 120)}`))
}

test('all running agents are on one page: what waits for the person first, live, and a way to the card', async ({
  rangers: { page },
  folder,
}) => {
  await page.keyboard.press('g')
  await page.keyboard.press('r')
  const main = page.getByRole('main', { name: 'Agents' })
  await expect(main).toContainText('No agent is at work')
  expect(await violations(page)).toEqual([])

  await makeBoard(page, 'Shop')
  await addCards(page, 'Backlog', ['Build the cart'])
  const cart = await recordRun(folder, { notices: 4, printed: 4, status: 'running' })
  await addCards(page, 'Backlog', ['Build the till'])
  await recordRun(folder, { notices: 4, printed: 4, status: 'awaiting_approval' })
  await addCards(page, 'Backlog', ['Build the shelf'])
  await recordRun(folder, { notices: 4, printed: 4, status: 'pending' })
  await queryDatabase(folder, `SELECT pg_notify('agent_rangers', 'agents')`)

  await page.getByRole('link', { name: 'Agents, 1 at work, 1 wait for you' }).click()
  const groups = main.getByRole('region')
  await expect(groups).toHaveCount(3)
  await expect(groups.nth(0)).toContainText('Build the till')
  await expect(groups.nth(1)).toContainText('npm run build')
  await expect(groups.nth(2)).toContainText('Next in the queue')
  expect(await violations(page)).toEqual([])

  await queryDatabase(
    folder,
    `UPDATE executions SET activity_line = 'npm run deploy' WHERE id = $1
     RETURNING pg_notify('agent_rangers', 'agents')`,
    [cart.id],
  )
  await expect(groups.nth(1)).toContainText('npm run deploy')

  await main.getByRole('link', { name: /Build the cart/ }).click()
  // The runs were put there behind the app's back.
  await page.reload()
  await expect(page.getByRole('region', { name: 'Agents', exact: true })).toBeVisible()
  await expect(card(page, 'Build the cart')).toContainText('npm run deploy')
  await page.getByRole('tab', { name: 'Activity' }).click()
  await expect(page.getByRole('log')).toContainText('Notice 4')
  await page.getByRole('button', { name: /Run npm test/ }).click()
  await expect(page.getByRole('region', { name: 'Output, 4 lines' })).toContainText('printed line 4')
  expect(await violations(page)).toEqual([])
})

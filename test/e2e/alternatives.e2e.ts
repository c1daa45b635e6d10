import { AxeBuilder } from '@axe-core/playwright'
import { gitIn } from '../helpers/git-fixture.ts'
import { addCard, card, expect, openFolder, test } from './fixtures/rangers.ts'

test('two agents do the same card beside each other; one is picked, the other can be recovered', async ({
  rangers: { page },
  repo,
}) => {
  await openFolder(page, repo)
  await addCard(page, 'Backlog', 'Mend the sum')
  await card(page, 'Mend the sum').click()
  const agents = page.getByRole('region', { name: 'Agents', exact: true })
  await agents.getByRole('button', { name: 'Run with several agents…' }).click()
  const dialog = page.getByRole('dialog', { name: 'Run with several agents' })
  for (const name of ['Agent 1', 'Agent 2']) {
    await dialog.getByRole('button', { name: new RegExp(`^${name}`) }).click()
    await page.getByRole('menuitemcheckbox', { name: /^Demo agent/ }).click()
  }
  await dialog.getByRole('button', { name: 'Start 2' }).click()

  const list = agents.getByRole('region', { name: 'Alternatives' })
  const row = (number: number) => list.getByRole('listitem', { name: new RegExp(`^${number}\\. Demo agent`) })
  await expect(row(1).getByRole('button', { name: 'Pick' })).toBeVisible({ timeout: 60_000 })
  await expect(row(2).getByRole('button', { name: 'Pick' })).toBeVisible({ timeout: 60_000 })
  const { violations } = await new AxeBuilder({ page })
    .setLegacyMode()
    .include('[aria-label="Alternatives"]')
    .analyze()
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([])
  const overflow = await list.evaluate((element) => element.scrollWidth - element.clientWidth)
  expect(overflow).toBe(0)
  await page.screenshot({ path: test.info().outputPath('alternatives.png') })
  await row(2).getByRole('button', { name: 'Pick' }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: 'Pick it' }).click()
  await expect(row(1)).toContainText('Discarded')
  await expect(row(2)).not.toContainText('Discarded')
  await expect(card(page, 'Mend the sum')).toContainText('Ready for review')
  expect(await gitIn(repo, 'for-each-ref', '--format=%(refname)', 'refs/rangers')).toContain('refs/rangers/')
})

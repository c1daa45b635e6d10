import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { gitIn } from '../helpers/git-fixture.ts'
import { WRONG_THEN_RIGHT } from '../helpers/wrong-then-right.ts'
import { addCard, card, dataFolderOf, dragTo, expect, openFolder, test } from './fixtures/rangers.ts'

/** Once the agent has changed the file, it waits until the test lets it go on, by a file beside git's own, and leaves three. */
const CHECK =
  'if ! grep -qF \'a - b\' sum.js; then touch begun; until [ -e "$(git rev-parse --git-common-dir)/go" ]; ' +
  'do sleep 0.1; done; echo r > report.txt; echo s > sum.snap; fi; node sum.test.js'

test('what changed in the repository while agents worked is put back, and what checks have left is decided about', async ({
  rangers: { page },
  repo,
  folder,
  model,
}) => {
  model.play(WRONG_THEN_RIGHT)
  await openFolder(page, repo)
  await page.getByRole('button', { name: 'Board settings' }).click()
  const settings = page.getByRole('dialog')
  await settings.getByLabel('Check command', { exact: true }).fill(CHECK)
  await settings.getByRole('button', { name: 'Save' }).click()
  await expect(settings).toHaveCount(0)
  await addCard(page, 'Backlog', 'Mend the sum')
  await dragTo(page, 'Mend the sum', 'In progress')
  await card(page, 'Mend the sum').click()
  const agents = page.getByRole('region', { name: 'Agents', exact: true })
  const root = path.join(dataFolderOf(folder), 'workspaces')
  const begun = async () => {
    const workspaces = await readdir(root).catch(() => [])
    return (
      await Promise.all(workspaces.map((name) => stat(path.join(root, name, 'begun')).catch(() => null)))
    ).some(Boolean)
  }
  await expect.poll(begun, { timeout: 60_000 }).toBe(true)
  await gitIn(repo, 'branch', 'stray')
  await writeFile(path.join(repo, '.git', 'go'), '')
  const changes = agents.getByRole('list', { name: 'Changes outside the branch' })
  await expect(changes).toContainText('refs/heads/stray', { timeout: 60_000 })
  // By key: the run goes on, and what it says moves the button while the mouse is on its way.
  await changes.getByRole('button', { name: 'Put back' }).press('Enter')
  await expect(changes.getByRole('button', { name: 'Put back' })).toHaveCount(0)
  await expect(changes).toContainText('Put back')
  expect(await gitIn(repo, 'branch', '--list', 'stray')).toBe('')

  const left = agents.getByRole('list', { name: 'Checks have left files that git does not ignore' })
  await expect(left).toBeVisible({ timeout: 60_000 }) // when the agents are done
  await left.getByRole('group', { name: 'report.txt' }).getByRole('button', { name: 'Ignore' }).click()
  await expect(left).not.toContainText('report.txt')
  await left.getByRole('group', { name: 'begun' }).getByRole('button', { name: 'Remove' }).click()
  await expect(left).not.toContainText('begun')
  expect(await readFile(path.join(repo, '.git/info/exclude'), 'utf8')).toContain('/report.txt')
  await page.getByRole('tab', { name: /Changes/ }).click()
  // The same question stands where the files are looked at.
  const above = page.getByRole('list', { name: 'Checks have left files that git does not ignore' })
  await above.getByRole('group', { name: 'sum.snap' }).getByRole('button', { name: 'Keep' }).click()
  await expect(above).toHaveCount(0)
  await expect(page.getByRole('region', { name: 'sum.snap' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'report.txt' })).toHaveCount(0)
})

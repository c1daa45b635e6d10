import { mkdir, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { ElectronApplication, Page } from '@playwright/test'
import { WRONG_THEN_RIGHT } from '../helpers/wrong-then-right.ts'
import { makeBoard, titlesIn, toast } from './fixtures/board.ts'
import { addCard, card, column, dragTo, expect, openFolder, test } from './fixtures/rangers.ts'

async function choose(app: ElectronApplication, file: string): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [filePath] })
  }, file)
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
}

async function setCommand(page: Page, label: string, command: string): Promise<void> {
  await page.getByRole('button', { name: 'Board settings' }).click()
  await page.getByRole('dialog').getByLabel(label, { exact: true }).fill(command)
  await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click()
  await expect(page.getByRole('dialog')).toHaveCount(0)
}

test('what the checks say stands on the card as fact, with the briefing; the result is tried out', async ({
  rangers: { app, page },
  repo,
  model,
}) => {
  model.play(WRONG_THEN_RIGHT)
  await openFolder(page, repo)
  await addCard(page, 'Backlog', 'Mend the sum')
  await dragTo(page, 'Mend the sum', 'In progress')
  await expect(column(page, 'Review').getByRole('article', { name: /Mend the sum/ })).toBeVisible({
    timeout: 30_000,
  })
  await card(page, 'Mend the sum').click()
  const agents = page.getByRole('region', { name: 'Agents', exact: true })

  await test.step('checks', async () => {
    await agents.getByRole('button', { name: /Development.*Checks failed/ }).press('Enter')
    const checks = agents.getByRole('region', { name: 'Checks', exact: true })
    const row = checks.getByRole('button', { name: /Check Failed npm test exit code 1/ })
    await row.press('Enter')
    await expect(checks.getByRole('region', { name: 'Output of npm test' })).toContainText('# fail 1')
    await expect(agents).toContainText('All tests pass.') // the agent claims
    await expect(agents.getByRole('button', { name: /Fix.*Checks passed/ })).toBeVisible()
  })

  await test.step('briefing', async () => {
    await agents.getByText('Briefing that the developer was given').click()
    await expect(agents.getByRole('heading', { name: '5. Acceptance checklist' })).toBeVisible()
    expect(await violations(page)).toEqual([])
  })

  await test.step('the project is run and stopped', async () => {
    await agents.getByRole('button', { name: 'Run the project' }).click()
    const refused = toast(page, 'The project was not started')
    await expect(refused).toContainText('Add one in the settings of the board')
    await setCommand(page, 'Run command', 'cat sum.js; sleep 300')
    await agents.getByRole('button', { name: 'Run the project' }).click()
    await agents.getByRole('button', { name: /Project Running cat sum.js/ }).waitFor()
    const output = agents.getByRole('region', { name: 'Output of cat sum.js; sleep 300' })
    await expect(output).toContainText('a + b')
    await agents.getByRole('button', { name: 'Stop the project' }).click()
    await expect(agents.getByRole('button', { name: /Project Stopped cat sum.js/ })).toBeVisible()
  })

  await test.step('a repository that was moved is found again', async () => {
    const moved = path.join(path.dirname(repo), 'moved')
    await rename(repo, moved)
    await page.reload()
    await choose(app, moved)
    await page.getByRole('button', { name: 'Folder not on this computer: choose it…' }).click()
    await expect(page.getByRole('main').getByText(moved)).toBeAttached() // there may be no room for it beside the card
  })
})

test('a board without checks says so, and leads to where they are set up', async ({
  rangers: { page },
  repo,
}) => {
  await openFolder(page, repo)
  await setCommand(page, 'Check command', '')
  await addCard(page, 'Backlog', 'Mend the sum')
  await dragTo(page, 'Mend the sum', 'In progress')
  await expect(column(page, 'Review').getByRole('article', { name: /Mend the sum/ })).toBeVisible({
    timeout: 30_000,
  })
  await card(page, 'Mend the sum').click()
  const agents = page.getByRole('region', { name: 'Agents', exact: true })
  await expect(agents).toContainText('No check is set up: only the agents say that the work is sound.')
  await agents.getByRole('button', { name: 'Set up checks…' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: 'Check command: use npm test' }).click()
  await expect(dialog.getByLabel('Check command', { exact: true })).toHaveValue('npm test')
  expect(await violations(page)).toEqual([])
})

test('a task list comes into the open board, is looked at first, and goes again in one step', async ({
  rangers: { app, page },
  folder,
}) => {
  await mkdir(folder, { recursive: true })
  const file = path.join(folder, 'tasks_I1.json')
  const tasks = [
    { task_id: 'I1.T1', description: 'Write the models', done: true },
    {
      task_id: 'I1.T2',
      description: 'Write the routes',
      dependencies: ['I1.T1'],
      agent_type_hint: 'BackendAgent',
    },
    { task_id: 'I1.T3', description: 'Write the pages', dependencies: ['I1.T2'], color: 'red' },
  ]
  await makeBoard(page, 'Plan')

  await test.step('a broken list is refused with the line', async () => {
    await writeFile(file, JSON.stringify([{ ...tasks[0], dependencies: ['I9.T9'] }], null, 1))
    await choose(app, file)
    await page.keyboard.press('Control+K')
    await page.keyboard.type('import a task list')
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Import a task list into “Plan”' })
    await expect(dialog.getByRole('alert')).toContainText('Line 2: task “I1.T1” depends on “I9.T9”')
    await writeFile(file, JSON.stringify({ tasks }, null, 1))
    await dialog.getByRole('button', { name: 'Choose another file…' }).press('Enter')
    await expect(dialog).toContainText('2 to Backlog, 1 to Done; 2 dependencies; 1 new label: BackendAgent')
    await expect(dialog.getByRole('list', { name: 'The first cards' })).toContainText(
      'I1.T1 Write the models',
    )
    await expect(dialog).toContainText('The field “color” has no place on a card and was left out')
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Import 3 cards' }).press('Enter')
  })

  await expect(toast(page, '3 cards imported')).toBeVisible()
  await expect
    .poll(() => titlesIn(page, 'Backlog'))
    .toEqual(['I1.T2 Write the routes', 'I1.T3 Write the pages'])
  await expect.poll(() => titlesIn(page, 'Done')).toEqual(['I1.T1 Write the models'])
  await toast(page, '3 cards imported').getByRole('button', { name: 'Undo' }).click()
  await expect(card(page, 'I1.T2 Write the routes')).toHaveCount(0)
  await expect(card(page, 'I1.T1 Write the models')).toHaveCount(0)
  // Its label goes with the cards, and comes back with them.
  await page.getByRole('button', { name: 'Board settings' }).click()
  const settings = page.getByRole('dialog', { name: 'Board settings' })
  await settings.getByRole('tab', { name: 'Labels' }).click()
  await expect(settings).toContainText('No labels yet')
  await page.keyboard.press('Escape')
  await page.keyboard.press('Control+Shift+Z')
  await expect(card(page, 'I1.T2 Write the routes')).toContainText('BackendAgent')
})

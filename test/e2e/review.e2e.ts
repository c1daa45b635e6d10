import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { ElectronApplication } from '@playwright/test'
import { writeFiles } from '../helpers/git-fixture.ts'
import { SUM_REPOSITORY } from '../helpers/two-rounds.ts'
import { toast } from './fixtures/board.ts'
import { addCard, card, column, dataFolderOf, dragTo, expect, openFolder, test } from './fixtures/rangers.ts'

test('a person comments on a line of the result, and another round begins with it', async ({
  rangers: { page },
  repo,
}) => {
  await openFolder(page, repo)
  await addCard(page, 'Backlog', 'Mend the sum')
  await dragTo(page, 'Mend the sum', 'In progress')
  await expect(column(page, 'Review').getByRole('article', { name: /Mend the sum/ })).toBeVisible({
    timeout: 60_000,
  })
  await card(page, 'Mend the sum').click()
  await page.getByRole('tab', { name: /Changes/ }).click()
  const file = page.getByRole('region', { name: 'sum.js' })

  await test.step('by keyboard, to a line that is named', async () => {
    await file.getByRole('button', { name: 'Comment on sum.js' }).press('Enter')
    await file.getByRole('textbox', { name: 'Line' }).fill('1')
    await file.getByRole('textbox', { name: 'Your comment' }).fill('Say what it returns for nothing.')
    await page.keyboard.press('Control+Enter')
    // Under its line, and not above the file.
    await expect(file.getByRole('table').getByRole('list', { name: 'Comments to be sent' })).toContainText(
      'Line 1',
    )
  })

  await test.step('by the mouse, at the number of the line; one is taken back', async () => {
    const number = file.locator('.diff-gutter-insert').last()
    await number.hover()
    await expect
      .poll(() => number.evaluate((cell) => getComputedStyle(cell, '::before').content))
      .toContain('+')
    await number.click()
    await file.getByRole('textbox', { name: 'Your comment' }).fill('Never mind.')
    await page.reload()
    await page.getByRole('tab', { name: /Changes/ }).click()
    await expect(file.getByRole('list', { name: 'Comments to be sent' })).toContainText('Line 1')
    await expect(file.getByRole('textbox', { name: 'Your comment' })).toHaveValue('Never mind.')
    await file.getByRole('button', { name: 'Add comment' }).click()
    await expect(page.getByText('2 comments not sent yet')).toBeVisible()
    await page.screenshot({ path: test.info().outputPath('comments.png') })
    await file.getByRole('button', { name: 'Remove this comment' }).last().click()
  })

  await test.step('what is not sent yet is edited by keyboard, also after the window was loaded anew', async () => {
    // Under its line: it stands above the file until that is read.
    const said = file.getByRole('table').getByRole('list', { name: 'Comments to be sent' })
    await said.getByRole('button', { name: 'Edit this comment' }).press('Enter')
    const form = said.getByRole('form', { name: 'Edit comment: Line 1, sum.js' })
    const field = form.getByRole('textbox', { name: 'Your comment' })
    await expect(field).toBeFocused()
    await page.keyboard.type(' And for one number.')
    await page.reload()
    await page.getByRole('tab', { name: /Changes/ }).click()
    await expect(field).toHaveValue('Say what it returns for nothing. And for one number.')
    await field.press('Control+Enter')
    await expect(said).toContainText('And for one number.')
    await expect(said.getByRole('button', { name: 'Edit this comment' })).toBeFocused()
  })

  const box = file.getByRole('checkbox', { name: 'Viewed: sum.js' })
  await test.step('a file is ticked off, and stays so', async () => {
    await box.press('Space')
    await expect(file.getByRole('button', { name: /sum\.js/, expanded: false })).toBeVisible()
    await expect(page.getByText('1 of 1 viewed')).toBeVisible()
    await expect(box).toBeFocused()
    await page.reload()
    await page.getByRole('tab', { name: /Changes/ }).click()
    await expect(box).toBeChecked()
    await page.screenshot({ path: test.info().outputPath('viewed.png') })
  })

  await test.step('sent, the agents go on with it', async () => {
    await page.getByRole('button', { name: 'Request changes', exact: true }).click()
    await page.getByRole('tab', { name: 'Overview' }).click()
    const agents = page.getByRole('region', { name: 'Agents', exact: true })
    await expect(agents.getByRole('list', { name: 'Rounds' }).getByText('Round 3')).toBeVisible({
      timeout: 30_000,
    })
    await agents.getByRole('button', { name: 'Review A person Changes requested' }).click()
    await expect(agents).toContainText('Say what it returns for nothing. And for one number.')
  })
})

test('the app killed in the middle of a merge into a plain folder: the card says so, and it is taken back, then finished', async ({
  start,
  folder,
}) => {
  const plain = path.join(folder, 'notes')
  await writeFiles(plain, SUM_REPOSITORY)
  const first = await start()
  await openFolder(first.page, plain)
  await addCard(first.page, 'Backlog', 'Mend the sum')
  await dragTo(first.page, 'Mend the sum', 'In progress')
  await expect(column(first.page, 'Review').getByRole('article', { name: /Mend the sum/ })).toBeVisible({
    timeout: 60_000,
  })
  const root = path.join(dataFolderOf(folder), 'workspaces')
  const [workspace] = (await readdir(root, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  // A person helps the agents: more than one file is to be merged.
  await writeFiles(path.join(root, workspace?.name ?? ''), { 'about.md': 'a', 'usage.md': 'u' })
  const files = async () => (await readdir(plain)).sort()
  const sum = () => readFile(path.join(plain, 'sum.js'), 'utf8')
  const before = Object.keys(SUM_REPOSITORY).sort()

  const mergeAndDie = async ({ app, page }: typeof first) => {
    await card(page, 'Mend the sum').click()
    await page
      .getByRole('region', { name: 'Agents', exact: true })
      .getByRole('button', { name: 'Merge…' })
      .click()
    await killAtRename(app, plain)
    const gone = app.waitForEvent('close')
    // Its answer never comes.
    void page.getByRole('dialog').getByRole('button', { name: 'Merge', exact: true }).click()
    await gone
    expect(await files()).toEqual(expect.arrayContaining(['about.md', ...before]))
    expect(await files()).not.toContain('usage.md')
  }

  await mergeAndDie(first)
  const second = await start()
  await test.step('the card says so, and discarding is not offered', async () => {
    const { page } = second
    await expect(card(page, 'Mend the sum')).toContainText('Merge stopped half-way')
    await page.screenshot({ path: test.info().outputPath('half-merged.png') })
    await card(page, 'Mend the sum').click()
    const agents = page.getByRole('region', { name: 'Agents', exact: true })
    await expect(agents).toContainText('The merge was interrupted')
    await expect(agents.getByRole('status', { name: 'State of the agents' })).toContainText(
      'Merge stopped half-way',
    )
    await expect(agents).toContainText(/1 of its 3 files is in .*notes, and the rest is not\./)
    await expect(agents.getByRole('button', { name: 'Discard…' })).toHaveCount(0)
    for (const colorScheme of ['dark', 'light'] as const) {
      await page.emulateMedia({ colorScheme })
      await page.screenshot({ path: test.info().outputPath(`interrupted-${colorScheme}.png`) })
    }
  })

  await test.step('taken back by keyboard, the folder is as before and the card waits in review', async () => {
    const { page } = second
    const agents = page.getByRole('region', { name: 'Agents', exact: true })
    await agents.getByRole('button', { name: 'Take back…' }).press('Enter')
    await expect(page.getByRole('alertdialog')).toContainText(/1 file in .*notes will be as before the merge/)
    await page.screenshot({ path: test.info().outputPath('take-back.png') })
    await page.keyboard.press('Enter')
    await expect(toast(page, 'The merge of NOT-1 is taken back')).toBeVisible()
    await expect(agents.getByRole('button', { name: 'Merge…' })).toBeFocused()
    await expect(agents).not.toContainText('The merge was interrupted')
    await expect(card(page, 'Mend the sum')).toContainText('Ready for review')
    expect(await files()).toEqual(before)
    expect(await sum()).toBe(SUM_REPOSITORY['sum.js'])
  })

  await second.page.keyboard.press('Escape')
  await mergeAndDie(second)
  const { page } = await start()
  await test.step('finished, all of it is there', async () => {
    await card(page, 'Mend the sum').click()
    const agents = page.getByRole('region', { name: 'Agents', exact: true })
    await agents.getByRole('button', { name: 'Finish merge…' }).click()
    const dialog = page.getByRole('dialog')
    await expect(dialog).toContainText('It goes on where it stopped: 1 of 3 files is done.')
    await page.screenshot({ path: test.info().outputPath('finish.png') })
    await dialog.getByRole('button', { name: 'Merge', exact: true }).click()
    await expect(agents.getByRole('button', { name: 'Revert merge…' })).toBeVisible()
    expect(await files()).toEqual(['about.md', ...before, 'usage.md'])
    expect(await sum()).toContain('Number(a)')
  })
})

/** Has the app kill itself, as a power cut would, before it puts the second file in its place in a folder. */
async function killAtRename(app: ElectronApplication, folder: string): Promise<void> {
  await app.evaluate((_electron, within) => {
    const fs = process.getBuiltinModule('node:fs')
    const { rename } = fs.promises
    let renamed = 0
    fs.promises.rename = async (from, to) => {
      if (String(to).startsWith(within)) renamed += 1
      if (renamed === 2) process.kill(process.pid, 'SIGKILL')
      await rename(from, to)
    }
    process.getBuiltinModule('node:module').syncBuiltinESMExports()
  }, folder)
}

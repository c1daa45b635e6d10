import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { commitAll, gitIn, makeRepository } from '../helpers/git-fixture.ts'
import { plantSecret } from '../helpers/run-logs.ts'
import { SUM_REPOSITORY, TWO_ROUNDS } from '../helpers/two-rounds.ts'
import { toast } from './fixtures/board.ts'
import { addCard, card, column, dragTo, expect, openFolder, test } from './fixtures/rangers.ts'

test('a folder that cannot be opened is refused with a sentence, one that can says what is in it', async ({
  rangers: { page },
  folder,
}) => {
  const file = path.join(folder, 'notes.txt')
  await writeFile(file, 'a file')
  const empty = await makeRepository(path.join(folder, 'empty'))
  const plain = path.join(folder, 'plain')
  await mkdir(plain)
  await writeFile(path.join(plain, 'readme.txt'), 'no repository')
  const strange = await makeRepository(path.join(folder, 'Grüße an 世界 – “quoted” 🎉'), SUM_REPOSITORY)
  await writeFile(path.join(strange, 'sum.js'), 'export const sum = () => 0\n')

  const dialog = page.getByRole('dialog')
  const look = async (where: string) => {
    await page.getByLabel('Path of the folder').fill(where)
    await page.getByRole('button', { name: 'Continue' }).click()
  }
  await page.getByRole('button', { name: 'Open a folder…' }).click()
  await look(path.join(folder, 'nowhere'))
  await expect(dialog).toContainText(`There is no folder ${path.join(folder, 'nowhere')}. Check the path.`)
  await look(file)
  await expect(dialog).toContainText(`${file} is a file. Choose the folder it is in.`)
  await expect(page.getByLabel('Path of the folder')).toHaveValue(file)
  await look(empty)
  await expect(dialog).toContainText('A repository without a commit')
  await expect(dialog).toContainText('make a first commit before you run them')
  await dialog.getByRole('button', { name: 'Back' }).click()
  await look(plain)
  await expect(dialog).toContainText('No git repository')
  await expect(dialog).toContainText('Agents work on a copy of the folder')
  await dialog.getByRole('button', { name: 'Back' }).click()
  await look(strange)
  await expect(dialog).toContainText('Git repository on branch main')
  await expect(dialog).toContainText('1 file with changes that are not committed')
  await dialog.getByRole('button', { name: 'Open', exact: true }).click()
  await expect(page.getByRole('heading', { level: 1, name: path.basename(strange) })).toBeVisible()

  await test.step('a title of 256 characters stays in its field and says so; one of 255 is added', async () => {
    await page.getByRole('button', { name: 'Add a card to Backlog' }).click()
    const field = page.getByLabel('Title of the new card in Backlog')
    await field.fill('x'.repeat(256))
    await expect(page.getByText('too many: a title ends at 255')).toBeVisible()
    await page.keyboard.press('Enter')
    await expect(field).toHaveValue('x'.repeat(256))
    await field.fill('x'.repeat(255))
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await expect(card(page, 'x'.repeat(255))).toBeVisible()
    await expect(card(page, 'x'.repeat(256))).toHaveCount(0)
  })

  await test.step('a description of 5,001 characters is not saved and not lost', async () => {
    await card(page, 'xxx').click()
    await page.getByRole('button', { name: 'Add a description…' }).click()
    const text = 'y'.repeat(5_001)
    await page.getByLabel('Description').fill(text)
    await expect(page.getByRole('alert')).toHaveText('5,001 of 5,000 characters')
    await page.keyboard.press('Control+Enter')
    await expect(page.getByRole('button', { name: 'Save', exact: true })).toBeDisabled()
    await expect(page.getByLabel('Description')).toHaveValue(text)
    await page.getByLabel('Description').fill(text.slice(1))
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByText(text.slice(1))).toBeVisible()
  })
})

test('a wrong key, changes in the way and a conflict: each says what to do, and can be mended', async ({
  start,
  repo,
  model,
}) => {
  const right = await plantSecret('sk-ant-right-0123456789')
  const { page } = await start({ ANTHROPIC_API_KEY: '' })
  const slow = (TWO_ROUNDS.rules ?? []).map((rule) =>
    rule.name === 'plan'
      ? { ...rule, reply: { ...rule.reply, thinking: 'Hm.', chunkChars: 4, chunkDelayMs: 150 } }
      : rule,
  )
  model.play({ rules: slow, apiKeys: [right] })
  const setKey = async (key: string) => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('textbox', { name: 'API key' }).fill(key)
    await page.getByRole('button', { name: /(Set|Change) key/ }).click()
    await expect(toast(page, 'The key is set')).toBeVisible()
    await expect(page.getByRole('textbox', { name: 'API key' })).toHaveValue('')
  }
  await openFolder(page, repo)
  const board = page.getByRole('link', { name: /^sum,/ })
  await setKey(await plantSecret('sk-ant-wrong-0123456789'))
  await board.click()
  await addCard(page, 'Backlog', 'Mend the sum')
  await dragTo(page, 'Mend the sum', 'In progress')

  await test.step('the wrong key', async () => {
    await expect(card(page, 'Mend the sum')).toContainText('Failed')
    await expect(card(page, 'Mend the sum')).toContainText('The API refused the key. Check it in Settings')
    await expect(board).toHaveAccessibleName('sum, 1 card, agents have failed')
    await setKey(right)
    await board.click()
    await card(page, 'Mend the sum').click()
    await page
      .getByRole('region', { name: 'Agents', exact: true })
      .getByRole('button', { name: 'Resume' })
      .click()
  })

  await test.step('phase, round, text, tokens and cost are on the card while it runs', async () => {
    const live = card(page, 'Mend the sum')
    await expect(live).toContainText('Planning')
    await expect(live).toContainText('Round 1/3')
    // What it does now is told at most once a second: which of its lines that is, is chance.
    await expect(live).toContainText(/Mend .?sum\.|Tests by the app|The sign was wrong|are converted/)
    await expect(live).toContainText(/\d+ tok · <?\$\d/)
    await expect(column(page, 'Review').getByRole('article', { name: /Mend/ })).toBeVisible({
      timeout: 30_000,
    })
  })

  const agents = page.getByRole('region', { name: 'Agents', exact: true })
  const dialog = page.getByRole('dialog')
  const merge = dialog.getByRole('button', { name: 'Merge', exact: true })

  await test.step('changes in the way', async () => {
    await writeFile(path.join(repo, 'sum.js'), 'export const sum = (a, b) => b + a\n')
    await agents.getByRole('button', { name: 'Merge…' }).click()
    await expect(dialog).toContainText('Your own changes are in the way')
    await expect(dialog.getByRole('listitem')).toHaveText(['sum.js'])
    await expect(merge).toBeDisabled()
  })

  await test.step('a conflict', async () => {
    await commitAll(repo, 'Another way')
    await dialog.getByRole('button', { name: 'Check again' }).click()
    await expect(dialog).toContainText('It conflicts with main')
    await expect(dialog.getByRole('listitem')).toHaveText(['sum.js'])
    await expect(merge).toBeDisabled()
    expect(await gitIn(repo, 'status', '--porcelain')).toBe('')
  })

  await test.step('mended', async () => {
    await gitIn(repo, 'revert', '--no-edit', 'HEAD')
    await dialog.getByRole('button', { name: 'Check again' }).click()
    await merge.click()
    await expect(toast(page, 'SUM-1 is merged')).toBeVisible()
    await expect(card(page, 'Mend the sum')).toContainText('Merged')
  })
})

test('settings that are wrong are told in the window, all at once and without their secrets', async ({
  start,
}) => {
  const { page } = await start({ DATABASE_POOL_SIZE: 'many', ANTHROPIC_API_KEY: 'sk hunter2' })
  await expect(page.getByText('Agent Rangers could not start')).toBeVisible()
  const reason = page.getByRole('main')
  await expect(reason).toContainText('DATABASE_POOL_SIZE is "many": expected a whole number from 1 to 500.')
  await expect(reason).toContainText(
    'ANTHROPIC_API_KEY is not valid: expected a key without spaces or line breaks.',
  )
  await expect(reason).not.toContainText('hunter2')
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect(reason).toContainText('DATABASE_POOL_SIZE is "many"')
})

test('a database server that does not answer is told as a sentence, with a way to try again', async ({
  start,
}) => {
  const { page } = await start({ DATABASE_URL: 'postgresql://shop@127.0.0.1:1/shop' })
  await expect(page.getByText('Agent Rangers could not start')).toBeVisible()
  await expect(page.getByText('Start the server or correct DATABASE_URL.')).toBeVisible()
  await expect(page.getByRole('button', { name: 'Try again' })).toBeEnabled()
})

test('git is missing, then too old: the first page says so, and looks again by itself', async ({
  start,
  folder,
}) => {
  const tools = path.join(folder, 'tools')
  const git = path.join(tools, 'git')
  await mkdir(tools)
  const { page } = await start({ PATH: tools })
  const notice = page.getByRole('main').getByRole('alert')
  await expect(notice).toContainText('Git is needed to open a folder')
  await expect(notice).toContainText('git: not found. Install git 2.38 or newer')
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  expect(violations).toEqual([])
  await page.screenshot({ path: test.info().outputPath('without-git.png') })

  await writeFile(git, '#!/bin/sh\necho git version 2.30.2\n', { mode: 0o755 })
  await expect(notice).toContainText('git: 2.30.2. Install git 2.38 or newer')
  await writeFile(git, '#!/bin/sh\necho git version 2.38.0\n', { mode: 0o755 })
  await expect(notice).toBeHidden()
})

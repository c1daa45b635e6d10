import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { addCards, makeBoard, toast } from './fixtures/board.ts'
import { queryDatabase } from './fixtures/database.ts'
import { card, expect, test } from './fixtures/rangers.ts'
import { recordRun } from './fixtures/recorded-run.ts'

const log = (page: Page) => page.getByRole('log', { name: 'What the agents do' })

/** A card with a long log, open at its transcript. */
async function openLongLog(page: Page, folder: string): Promise<void> {
  await makeBoard(page, 'Long')
  await addCards(page, 'Backlog', ['Long work'])
  await recordRun(folder, { notices: 5000, printed: 3000 })
  await page.reload()
  await card(page, 'Long work').click()
  await page.getByRole('tab', { name: 'Activity' }).click()
}

test('a log of thousands of lines opens at its end, is searched whole, and each line can be reached', async ({
  rangers: { page },
  folder,
}) => {
  await openLongLog(page, folder)
  await expect(log(page)).toContainText('Notice 5000')
  await expect(log(page)).not.toContainText('word 1.')

  await test.step('the first line is reached by the key', async () => {
    await log(page).focus()
    await page.keyboard.press('Home')
    // The browser scrolls there step by step, and each step draws what comes in sight.
    await expect(log(page)).toContainText('word 1.', { timeout: 60_000 })
    await page.getByRole('button', { name: 'To the end' }).click()
    await expect(log(page)).toContainText('Notice 5000')
  })

  await test.step('words are found anywhere, one place after the other', async () => {
    await page.keyboard.press('Control+f')
    const field = page.getByRole('textbox', { name: 'Search in what the agents did' })
    await field.fill('word 2501')
    const count = page
      .getByRole('tabpanel')
      .getByRole('status')
      .filter({ hasText: /found|of/ })
    await expect(count).toHaveText('1 found')
    await field.press('Enter')
    await expect(count).toHaveText('1 of 1')
    await expect(log(page)).toContainText('word 2501')
    await field.fill('nowhere at all')
    await expect(page.getByRole('tabpanel')).toContainText('Not found')
  })

  await test.step('a line that a tool printed opens its output there', async () => {
    await page.getByRole('textbox', { name: 'Search in what the agents did' }).fill('printed line 2048')
    await expect(page.getByRole('tabpanel')).toContainText('1 found')
    await page.getByRole('button', { name: 'Next place' }).click()
    const output = page.getByRole('region', { name: 'Output, 3,000 lines' })
    await expect(output).toContainText('printed line 2048')
    await expect(log(page)).toContainText('+const a = 2')
    await page.getByRole('button', { name: 'Clear the search' }).click()
  })

  await test.step('what is shown can be chosen', async () => {
    const kinds = page.getByRole('group', { name: 'What is shown' })
    await kinds.getByRole('button', { name: 'Notices' }).click()
    await expect(log(page)).toContainText('word 4999')
    await expect(log(page)).not.toContainText('Notice 4998')
    await kinds.getByRole('button', { name: 'Text' }).click()
    await expect(log(page)).toContainText('Run npm test')
    await expect(log(page)).not.toContainText('word 4999')
  })
})

test('what is written while one reads: the end is followed, let go of, and found again', async ({
  rangers: { page },
  folder,
}) => {
  await makeBoard(page, 'Live')
  await addCards(page, 'Backlog', ['Live work'])
  const { id } = await recordRun(folder, { notices: 300, printed: 10, status: 'running' })
  await page.reload()
  await expect(card(page, 'Live work')).toContainText('npm run build')
  await card(page, 'Live work').click()
  await expect(page.getByRole('region', { name: 'Agents', exact: true })).toContainText(
    'No sandbox on this system',
  )
  await page.getByRole('tab', { name: 'Activity' }).click()
  await expect(log(page)).toContainText('Notice 300')
  let sequence = 304
  const write = (text: string) => {
    sequence += 1
    return queryDatabase(
      folder,
      `WITH line AS (INSERT INTO execution_events (execution_id, sequence, body)
         VALUES ($1, $2, jsonb_build_object('type', 'notice', 'level', 'info', 'text', $3::text)))
       UPDATE executions SET last_sequence = $2, activity_line = $3 WHERE id = $1
       RETURNING pg_notify('agent_rangers', 'execution:' || $1::text), pg_notify('agent_rangers', 'agents')`,
      [id, sequence, text],
    )
  }
  await write('A new line')
  await expect(log(page)).toContainText('A new line')
  await log(page).hover()
  await page.mouse.wheel(0, -2000)
  await expect(page.getByRole('button', { name: 'Jump to latest' })).toBeVisible()
  await write('The latest line')
  await page.getByRole('button', { name: 'Jump to latest' }).click()
  await expect(log(page)).toContainText('The latest line')
  // The card on the board tells it too, by the live line.
  await expect(card(page, 'Live work')).toContainText('The latest line')
})

test('a log is written into a file, and an entry is copied', async ({ rangers: { page, app }, folder }) => {
  await openLongLog(page, folder)
  const file = path.join(folder, 'log.jsonl')
  await app.evaluate(({ dialog }, filePath) => {
    dialog.showSaveDialog = async () => ({ canceled: false, filePath })
  }, file)
  await page.getByRole('button', { name: 'Export' }).click()
  await page.getByRole('menuitem', { name: 'Export as JSON Lines…' }).click()
  await expect(toast(page, '5,004 lines of the log exported')).toBeVisible()
  expect((await readFile(file, 'utf8')).trim().split('\n')).toHaveLength(5004)
  const entry = log(page).locator('[data-index]').filter({ hasText: 'Notice 5000' })
  await entry.hover()
  await entry.getByRole('button', { name: 'Copy this entry' }).click()
  await expect(toast(page, 'Copied')).toBeVisible()
  expect(await app.evaluate(({ clipboard }) => clipboard.readText())).toContain('Notice 5000')
})

import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { ElectronApplication, Page } from '@playwright/test'
import { addCards, makeBoard, titlesIn, toast } from './fixtures/board.ts'
import { column, expect, test } from './fixtures/rangers.ts'

/** The system's dialogs cannot be pressed by a test: the person has chosen this file, or none. */
async function choose(app: ElectronApplication, file: string | null): Promise<void> {
  await app.evaluate(({ dialog }, filePath) => {
    const canceled = filePath === null
    const answers = { canceled, filePath: filePath ?? '', filePaths: filePath === null ? [] : [filePath] }
    dialog.showSaveDialog = async () => answers
    dialog.showOpenDialog = async () => answers
  }, file)
}

async function shownInFolder(app: ElectronApplication): Promise<() => Promise<string | undefined>> {
  await app.evaluate(({ shell }) => {
    shell.showItemInFolder = (file) => {
      process.env.RANGERS_SHOWN = file
    }
  })
  return () => app.evaluate(() => process.env.RANGERS_SHOWN)
}

async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return found.filter(({ impact }) => impact === 'serious' || impact === 'critical').map(({ id }) => id)
}

const importButton = (page: Page) => page.getByRole('button', { name: 'Import board…' })

test('a board goes into a file and comes back from it, by keyboard', async ({
  rangers: { app, page },
  folder,
}) => {
  await mkdir(folder, { recursive: true })
  await makeBoard(page, 'Garden')
  await addCards(page, 'Backlog', ['Dig', '<b>Weed</b> 🌱', 'Water'])

  await test.step('export', async () => {
    const seen = await shownInFolder(app)
    const file = path.join(folder, 'garden.json')
    await choose(app, file)
    await page.getByRole('button', { name: 'Options of the board' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('menuitem', { name: 'Export as JSON…' }).press('Enter')
    const done = toast(page, '3 cards of “Garden” exported')
    await expect(done).toContainText(file)
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ board: { key: 'GAR', name: 'Garden' } })
    await done.getByRole('button', { name: 'Show in folder' }).click()
    await expect.poll(seen).toBe(file)

    await choose(app, path.join(folder, 'garden.csv'))
    await page.getByRole('button', { name: 'Options of Garden' }).click()
    await page.getByRole('menuitem', { name: 'Export as CSV…' }).click()
    await expect(toast(page, '3 cards of “Garden” exported').last()).toContainText('garden.csv')
    expect(await readFile(path.join(folder, 'garden.csv'), 'utf8')).toContain(
      '\r\nGAR-2,<b>Weed</b> 🌱,Backlog,',
    )
  })

  await test.step('import', async () => {
    await choose(app, null)
    await importButton(page).click()
    await expect(importButton(page)).toBeEnabled()
    await expect(page.getByRole('dialog')).toHaveCount(0)

    await choose(app, path.join(folder, 'garden.json'))
    await importButton(page).press('Enter')
    const dialog = page.getByRole('dialog', { name: 'Import a board' })
    await expect(dialog).toContainText('3 cards in 4 columns, exported from Agent Rangers')
    expect(await violations(page)).toEqual([])
    await dialog.getByRole('button', { name: 'Import', exact: true }).press('Enter')
    const result = page.getByRole('dialog', { name: 'The board was imported' })
    await expect(result).toContainText('All of it came along.')
    expect(await violations(page)).toEqual([])
    await result.getByRole('button', { name: 'Open board' }).press('Enter')
    await expect(page.getByRole('article', { name: 'GAR2-1 Dig' })).toBeVisible()
    expect(await titlesIn(page, 'Backlog')).toEqual(['Dig', '<b>Weed</b> 🌱', 'Water'])
    await expect(
      page.getByRole('list', { name: 'Boards' }).getByRole('link', { name: 'Garden, 3 cards' }),
    ).toHaveCount(2)
  })
})

test('a broken file is refused in one sentence, and a Trello board says what was left out', async ({
  rangers: { app, page },
  folder,
}) => {
  const trello = JSON.stringify({
    name: 'Trip',
    desc: '',
    lists: [
      { id: 'l1', name: 'To do', closed: false, pos: 1 },
      { id: 'l2', name: 'Old', closed: true, pos: 2 },
    ],
    cards: [
      { id: 'a', idShort: 1, name: 'Fly', desc: 'soon', idList: 'l1', pos: 1, closed: false },
      { id: 'b', idShort: 2, name: 'Pack', desc: '', idList: 'l1', pos: 2, closed: true },
      { id: 'c', idShort: 3, name: 'x'.repeat(300), desc: '', idList: 'l1', pos: 3, closed: false },
    ],
  })
  const [broken, whole] = [path.join(folder, 'broken.json'), path.join(folder, 'trip.json')]
  await mkdir(folder, { recursive: true })
  await writeFile(broken, trello.slice(0, trello.length / 2))
  await writeFile(whole, trello)

  await choose(app, broken)
  await importButton(page).click()
  const dialog = page.getByRole('dialog', { name: 'Import a board' })
  await expect(dialog.getByRole('alert')).toContainText('broken.json cannot be imported')
  await expect(dialog.getByRole('alert')).toContainText(
    'The file is cut off: it ends in the middle, at line 1,',
  )
  expect(await violations(page)).toEqual([])

  await choose(app, whole)
  await dialog.getByRole('button', { name: 'Choose another file…' }).click()
  await expect(dialog).toContainText('2 cards in 1 column, exported from Trello')
  await expect(dialog).toContainText('The file has 1 list and 1 card that are archived.')
  await dialog.getByRole('button', { name: 'Import', exact: true }).click()
  const result = page.getByRole('dialog', { name: 'The board was imported' })
  await expect(result.getByRole('list').first()).toContainText('Archived lists were left out.')
  await result.getByText('Titles were cut to 255 characters').click()
  await expect(result).toContainText('xxx…')
  expect(await violations(page)).toEqual([])
  await result.getByRole('button', { name: 'Open board' }).click()
  await expect(column(page, 'To do').getByRole('article')).toHaveCount(2)
  await expect(column(page, 'Old')).toHaveCount(0)
})

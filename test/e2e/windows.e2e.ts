import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { _electron as electron } from '@playwright/test'
import { logPath } from '#electron/log.ts'
import { addCards, makeBoard, titlesIn } from './fixtures/board.ts'
import {
  card,
  column,
  dataFolderOf,
  dragTo,
  expect,
  openWindow,
  type RunningApp,
  test,
} from './fixtures/rangers.ts'

test('two windows show each other’s changes, and neither needs the other', async ({
  rangers: { app, page: first },
  environment,
}) => {
  await makeBoard(first, 'Shared')
  await addCards(first, 'Backlog', ['One', 'Two'])
  const second = await openWindow(app)
  await expect(column(second, 'Backlog')).toBeVisible()
  await expect.poll(() => titlesIn(second, 'Backlog')).toEqual(['One', 'Two'])

  await test.step('cards, moves and names travel both ways', async () => {
    await addCards(second, 'Backlog', ['Three'])
    await expect.poll(() => titlesIn(first, 'Backlog')).toEqual(['One', 'Two', 'Three'])
    await dragTo(first, 'Two', 'Review')
    await expect.poll(() => titlesIn(second, 'Review')).toEqual(['Two'])
    await card(second, 'One').focus()
    await second.keyboard.press('e')
    await second.getByLabel(/^Title of/).fill('First of all')
    await second.keyboard.press('Enter')
    await expect(card(first, 'First of all')).toBeVisible()
    await first.getByRole('heading', { level: 1, name: 'Shared' }).dblclick()
    await first.getByLabel('Name of the board').fill('Common')
    await first.keyboard.press('Enter')
    await expect(second.getByRole('heading', { level: 1, name: 'Common' })).toBeVisible()
    await expect(second.getByRole('link', { name: /^Common/ })).toBeVisible()
  })

  await test.step('what happens while a window reloads is not missing in it', async () => {
    const titles = ['a', 'b', 'c', 'd', 'e', 'f'].map((letter) => `During ${letter}`)
    await Promise.all([addCards(first, 'Done', titles), second.reload()])
    await expect.poll(() => titlesIn(second, 'Done')).toEqual(titles)
    await addCards(first, 'Done', ['Afterwards'])
    await expect(card(second, 'Afterwards')).toBeVisible()
  })

  await test.step('a window whose page has crashed loads it anew', async () => {
    // For Playwright a page that has crashed is gone for good, so the app is asked what its window shows.
    const crashed = await openWindow(app)
    await expect(card(crashed, 'Afterwards')).toBeVisible()
    const reloaded = await app.evaluateHandle(async ({ BrowserWindow }) => {
      const [window] = BrowserWindow.getAllWindows().toSorted((a, b) => b.id - a.id)
      if (!window) return null
      const loaded = new Promise<void>((resolve) => window.webContents.once('dom-ready', () => resolve()))
      window.webContents.forcefullyCrashRenderer()
      await loaded
      return window
    })
    await expect
      .poll(() =>
        reloaded.evaluate((window) =>
          window?.webContents.executeJavaScript('document.querySelector("h1")?.textContent ?? null'),
        ),
      )
      .toBe('Common')
    await reloaded.evaluate((window) => window?.close())
  })

  await test.step('a second start on the same data opens a window here and ends', async () => {
    const command = await app.evaluate(() => process.execPath)
    const flags = process.env.RANGERS_SANDBOX === 'off' ? ['--no-sandbox'] : []
    const again = spawn(command, [...flags, '.'], { env: environment, stdio: 'ignore' })
    const [third, [code]] = await Promise.all([app.waitForEvent('window'), once(again, 'exit')])
    expect(code).toBe(0)
    await expect(card(third, 'Afterwards')).toBeVisible()
    await third.close()
  })

  await test.step('one closes, the other works on', async () => {
    await second.close()
    await addCards(first, 'Done', ['Alone'])
    await dragTo(first, 'Alone', 'Review')
    await expect.poll(() => titlesIn(first, 'Review')).toEqual(['Two', 'Alone'])
  })
})

for (const [trouble, fixture] of [
  ['crashes', 'crash-first-page.cjs'],
  ['hangs', 'hang-first-page.cjs'],
]) {
  test(`a start whose first page ${trouble} goes on, and loads that page anew`, async ({
    environment,
    folder,
  }) => {
    const app = await electron.launch({
      args: ['-r', path.resolve(`test/e2e/fixtures/${fixture}`), '.'],
      chromiumSandbox: process.env.RANGERS_SANDBOX !== 'off',
      env: environment,
    })
    const log = logPath(dataFolderOf(folder))
    await expect
      .poll(() => readFile(log, 'utf8').catch(() => ''), { timeout: 60_000 })
      .toContain('"event":"page_crashed"')
    // For Playwright the page is gone for good, so the app is asked what its window shows.
    const shown = () =>
      app.evaluate(({ BrowserWindow }) => {
        const [window] = BrowserWindow.getAllWindows()
        const name = 'document.querySelector("nav")?.getAttribute("aria-label") ?? null'
        return window?.webContents.executeJavaScript(name)
      })
    await expect.poll(() => shown().catch(String), { timeout: 60_000 }).toBe('Boards and settings')
    await app.close()
  })
}

test('pages run in Chromium’s sandbox', async ({ start }) => {
  test.skip(process.platform !== 'linux', 'only Linux tells it in /proc')
  test.skip(process.env.RANGERS_SANDBOX === 'off', 'this system forbids the namespaces that it needs')
  const { app } = await start()
  const pids = await pagePids(app)
  expect(pids).toHaveLength(1)
  for (const pid of pids) {
    expect(await readFile(`/proc/${pid}/status`, 'utf8')).toMatch(/^Seccomp:\t2$/m)
  }
})

function pagePids(app: RunningApp['app']): Promise<number[]> {
  return app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows().map((window) => window.webContents.getOSProcessId()),
  )
}

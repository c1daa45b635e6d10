import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { keepScreenshot } from '#electron/window-screenshot.ts'
import { expect, test } from './fixtures/ipc-app/launch.ts'

test('File > New Window opens a second window, with a connection of its own', async ({ ipc }) => {
  const { app, page, opened, facts } = ipc
  const second = await opened(() =>
    app.evaluate(({ Menu }) => {
      const item = Menu.getApplicationMenu()?.getMenuItemById('new-window')
      item?.click()
      return item?.accelerator
    }),
  )
  expect(
    await Promise.all([page, second].map((one) => one.evaluate(() => window.page.echo('hello')))),
  ).toEqual(['hello', 'hello'])
  expect((await facts()).sessions).toBe(2)
})

test('a window is shown once drawn, with the background of its theme and no less than its least size', async ({
  ipc: { app },
}) => {
  const seen = await app.evaluate(async ({ BrowserWindow, nativeTheme }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) return null
    if (!window.isVisible()) await new Promise<void>((resolve) => window.once('show', () => resolve()))
    window.setSize(200, 200)
    return {
      dark: nativeTheme.shouldUseDarkColors,
      background: window.getBackgroundColor(),
      least: window.getMinimumSize(),
    }
  })
  expect(seen).toEqual({ dark: false, background: '#FCFCFD', least: [900, 600] })
})

test('a screenshot is written when the state changes, whole and under its own name only', async ({
  ipc: { app, page },
}) => {
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-picture-'))
  const file = path.join(folder, 'window.png')
  try {
    await app.evaluate(async ({ BrowserWindow }, target) => {
      const { keepScreenshot: keep } = globalThis as unknown as { keepScreenshot: typeof keepScreenshot }
      const [window] = BrowserWindow.getAllWindows()
      // Both of them are changes as well.
      if (window?.webContents.isLoading())
        await new Promise<void>((resolve) => window.webContents.once('did-finish-load', () => resolve()))
      if (window && !window.isVisible())
        await new Promise<void>((resolve) => window.once('show', () => resolve()))
      const written: string[] = []
      const shots = keep({ file: target, restMs: 20, written: () => written.push(target) })
      if (window !== undefined) shots.follow(window)
      Object.assign(globalThis, { shots, written })
      shots.changed()
    }, file)
    const count = () => app.evaluate(() => (globalThis as unknown as { written: string[] }).written.length)
    await expect.poll(count).toBe(1)
    const first = await readFile(file)
    expect(first.subarray(1, 4).toString()).toBe('PNG')
    await page.evaluate(() => {
      document.body.style.background = 'rebeccapurple'
    })
    await app.evaluate(() => (globalThis as unknown as { shots: { changed(): void } }).shots.changed())
    await expect.poll(async () => (await readFile(file)).equals(first)).toBe(false)
    expect(await readdir(folder)).toEqual(['window.png'])
    await page.reload()
    await expect.poll(count).toBe(3)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
})

import { mkdir } from 'node:fs/promises'
import path from 'node:path'
import type { ElectronApplication, Page } from '@playwright/test'

const FOLDER = path.resolve(import.meta.dirname, '../../docs/screenshots')
const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const

/** Takes `<view>-<theme>-<size>.png` of what the window shows, in both themes and sizes. */
export async function take(app: ElectronApplication, page: Page, view: string): Promise<void> {
  await mkdir(FOLDER, { recursive: true })
  await page.mouse.move(1, 1) // nothing is hovered
  for (const { width, height } of SIZES) {
    await resize(app, page, width, height)
    for (const theme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme: theme })
      await page.screenshot({
        path: path.join(FOLDER, `${view}-${theme}-${width}x${height}.png`),
        animations: 'disabled',
        caret: 'hide',
      })
    }
  }
}

async function resize(app: ElectronApplication, page: Page, width: number, height: number): Promise<void> {
  await app.evaluate(
    ({ BrowserWindow }, size) => {
      for (const window of BrowserWindow.getAllWindows()) window.setContentSize(size.width, size.height)
    },
    { width, height },
  )
  await page.waitForFunction((size) => innerWidth === size.width && innerHeight === size.height, {
    width,
    height,
  })
}

import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { makeBoard } from './fixtures/board.ts'
import { dataFolderOf, expect, openWindow, test } from './fixtures/rangers.ts'

const navigation = (page: Page) => page.getByRole('navigation', { name: 'Boards and settings' })
const edge = (page: Page) => page.getByRole('separator', { name: 'Width of the sidebar' })
const widthOf = async (page: Page) => Math.round((await navigation(page).boundingBox())?.width ?? 0)
const leftOf = async (element: Locator) => Math.round((await element.boundingBox())?.x ?? 0)
const written = async (folder: string): Promise<object> =>
  JSON.parse(await readFile(path.join(dataFolderOf(folder), 'preferences.json'), 'utf8'))
/** As wide as the window is told to draw it before any script has run. */
const firstPaint = async (page: Page) => {
  await navigation(page).waitFor() // else its styles may not be there yet
  return page.evaluate(() => {
    const paint = document.createElement('div')
    paint.className = 'first-paint'
    document.documentElement.style.removeProperty('--sidebar-width')
    document.body.append(paint)
    const { width } = paint.getBoundingClientRect()
    paint.remove()
    return width
  })
}

test('the sidebar is as wide as the person likes it, or folded to its icons, and the next start begins with that', async ({
  start,
  folder,
}) => {
  const { app, page } = await start()
  await page.setViewportSize({ width: 1280, height: 800 })
  await makeBoard(page, 'Garden')
  const board = page.getByRole('link', { name: /^Garden/ })

  await test.step('its edge is dragged, moved by keys, and put back by a double click', async () => {
    await expect.poll(() => widthOf(page)).toBe(216)
    await page.mouse.move(216, 400)
    await page.mouse.down()
    await page.mouse.move(260, 400, { steps: 4 })
    await page.mouse.move(300, 400, { steps: 4 })
    await page.mouse.up()
    await expect(edge(page)).toHaveAttribute('aria-valuenow', '300')
    await expect.poll(() => widthOf(page)).toBe(300)
    await edge(page).press('ArrowLeft')
    await expect(edge(page)).toHaveAttribute('aria-valuenow', '276')
    await edge(page).press('End')
    await expect.poll(() => widthOf(page)).toBe(400)
    await edge(page).dblclick()
    await expect(edge(page)).toHaveAttribute('aria-valuenow', '216')
    await expect.poll(() => widthOf(page)).toBe(216)
  })

  await test.step('a drag that is given up changes nothing', async () => {
    await edge(page).focus()
    await page.mouse.move(216, 400)
    await page.mouse.down()
    await page.mouse.move(330, 400, { steps: 4 })
    await expect.poll(() => widthOf(page)).toBe(330)
    await page.keyboard.press('Escape')
    await page.mouse.up()
    await expect.poll(() => widthOf(page)).toBe(216)
    await expect(edge(page)).toHaveAttribute('aria-valuenow', '216')
  })

  await test.step('pushed far enough it folds to icons, whose names stay and are shown', async () => {
    for (let presses = 0; presses < 4; presses += 1) await edge(page).press('ArrowLeft')
    await expect.poll(() => widthOf(page)).toBe(53)
    await expect(board).toBeVisible()
    await page.getByRole('link', { name: 'Usage' }).hover()
    await expect(page.getByRole('tooltip', { name: 'Usage' })).toBeAttached()
    await edge(page).press('ArrowRight')
    await expect(edge(page)).toHaveAttribute('aria-valuenow', '160')
  })

  await test.step('a key and a button fold it and unfold it; it is as wide as before', async () => {
    await edge(page).press('ArrowRight')
    await expect(edge(page)).toHaveAttribute('aria-valuenow', '184')
    await page.keyboard.press('ControlOrMeta+b')
    await expect.poll(() => widthOf(page)).toBe(53)
    await page.getByRole('button', { name: 'Unfold the sidebar' }).click()
    await expect.poll(() => widthOf(page)).toBe(184)
    await page.keyboard.press('ControlOrMeta+k')
    await page.keyboard.type('fold the sidebar')
    await page.keyboard.press('Enter')
    await expect.poll(() => widthOf(page)).toBe(53)
  })

  // What is shown goes ahead of what is written.
  await expect.poll(() => written(folder)).toMatchObject({ sidebar_open: false, sidebar_width: 184 })
  await app.close()
  const again = await start()

  const next = again.page
  await test.step('the next start paints it so before it draws anything', async () => {
    expect(await firstPaint(next)).toBe(53)
  })

  await test.step('folded, the menu of a board is there by key and by the second mouse button', async () => {
    await next.getByRole('link', { name: /^Garden/ }).focus()
    await next.keyboard.press('Shift+F10')
    await next.getByRole('menuitem', { name: 'Rename' }).press('Enter')
    const name = navigation(next).getByRole('textbox', { name: 'Name of the board' })
    await expect(name).toBeFocused()
    // It opens over the page, which stays where it is.
    await expect.poll(() => widthOf(next)).toBe(216)
    await expect.poll(() => leftOf(next.getByRole('main'))).toBe(53)
    await name.fill('Orchard')
    await name.press('Enter')
    const renamed = next.getByRole('link', { name: /^Orchard/ })
    await expect.poll(() => widthOf(next)).toBe(53)
    await renamed.click({ button: 'right' })
    await next.getByRole('menuitem', { name: 'Star', exact: true }).click()
    await expect(
      next.getByRole('list', { name: 'Starred' }).getByRole('link', { name: /^Orchard/ }),
    ).toHaveCount(1)
  })

  await test.step('a page that is loaded anew, and another window, begin as wide as it is now', async () => {
    await next.keyboard.press('ControlOrMeta+b')
    await expect(edge(next)).toHaveAttribute('aria-valuenow', '184')
    await expect.poll(() => written(folder)).toMatchObject({ sidebar_open: true })
    await next.reload()
    expect(await firstPaint(next)).toBe(184)
    expect(await firstPaint(await openWindow(again.app))).toBe(184)
  })
})

import { readFile } from 'node:fs/promises'
import path from 'node:path'
import type { Page } from '@playwright/test'
import { makeBoard } from './fixtures/board.ts'
import { dataFolderOf, expect, test } from './fixtures/rangers.ts'

const navigation = (page: Page) => page.getByRole('navigation', { name: 'Boards and settings' })
const edge = (page: Page) => page.getByRole('separator', { name: 'Width of the sidebar' })
const widthOf = async (page: Page) => Math.round((await navigation(page).boundingBox())?.width ?? 0)
const written = async (folder: string): Promise<object> =>
  JSON.parse(await readFile(path.join(dataFolderOf(folder), 'preferences.json'), 'utf8'))
/** As wide as the window is told to draw it before any script has run. */
const firstPaint = (page: Page) =>
  page.evaluate(() => {
    const paint = document.createElement('div')
    paint.className = 'first-paint'
    document.documentElement.style.removeProperty('--sidebar-width')
    document.body.append(paint)
    const { width } = paint.getBoundingClientRect()
    paint.remove()
    return width
  })

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

  await test.step('the next start paints it so before it draws anything', async () => {
    expect(await firstPaint(again.page)).toBe(53)
    await again.page.keyboard.press('ControlOrMeta+b')
    await expect(edge(again.page)).toHaveAttribute('aria-valuenow', '184')
  })
})

import { expect, test } from './fixtures/ipc-app/launch.ts'

const MB = 1024 * 1024

test('24 a page that stalls for 5 s under 10,000 events/s answers at once after, with one reset and little memory', async ({
  ipc: { app, page },
}) => {
  await page.evaluate(() => window.page.followFast())
  await page.waitForFunction(() => window.page.fast().events > 10_000)
  const memory = () =>
    app.evaluate(({ app, BrowserWindow }) => {
      const pid = BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId()
      return (app.getAppMetrics().find((one) => one.pid === pid)?.memory.workingSetSize ?? 0) * 1024
    })
  const before = await memory()
  const [ahead, after] = [await page.evaluate(() => window.page.stall(5000)), await memory()]
  const { events } = await page.evaluate(() => window.page.fast())
  await page.waitForFunction((seen) => window.page.fast().events > seen + 10_000, events)
  expect(await page.evaluate(() => window.page.fast().resets)).toBe(1)
  // Of the 50,000 events of the stall only those go ahead of the answer that were on their way already.
  expect(ahead).toBeLessThan(10_000)
  expect(after - before).toBeLessThan(20 * MB)
})

test('24 a million events leave less than a megabyte on either heap', async ({ ipc: { app, page } }) => {
  const heaps = async () => [
    await app.evaluate(() => fixture.heap()),
    await page.evaluate(() => window.page.heap()),
  ]
  await page.evaluate(() => window.page.take(50_000))
  const before = await heaps()
  await page.evaluate(() => window.page.take(1_000_000))
  const growth = (await heaps()).map((bytes, index) => bytes - (before[index] ?? 0))
  for (const bytes of growth) expect(bytes).toBeLessThan(MB)
})

test('25 a hidden window, in which no frame is drawn, still takes all its events', async ({
  ipc: { app, page },
}) => {
  const visible = await app.evaluate(async ({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window && !window.isVisible())
      await new Promise<void>((resolve) => window.once('show', () => resolve()))
    window?.hide()
    return window?.isVisible()
  })
  expect(visible).toBe(false)
  // Playwright keeps the page's frames going all the same; in a window that is really hidden there are none.
  await page.evaluate(() => {
    window.requestAnimationFrame = () => 0
  })
  await page.evaluate(() => window.page.followFast())
  const before = await page.evaluate(() => window.page.heap())
  await expect
    .poll(() => page.evaluate(() => window.page.fast().events), { timeout: 30_000 })
    .toBeGreaterThan(60_000)
  expect(await page.evaluate(() => window.page.fast().resets)).toBe(0)
  expect((await page.evaluate(() => window.page.heap())) - before).toBeLessThan(2 * MB)
})

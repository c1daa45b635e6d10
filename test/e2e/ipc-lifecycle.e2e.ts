import { expect, test } from './fixtures/ipc-app/launch.ts'

const heardOnce = () => window.page.heard.length === 1

test('19 a reload ends the old page’s generators, and 30 of them leave one session', async ({ ipc }) => {
  const { page, facts } = ipc
  for (let n = 1; n <= 30; n++) {
    await page.evaluate(() => window.page.stay())
    await page.waitForFunction(heardOnce)
    await page.reload()
    await page.waitForFunction(() => 'page' in window)
    await expect.poll(async () => (await facts()).finals).toBe(n)
  }
  await page.evaluate(() => window.page.stay())
  await page.waitForFunction(heardOnce)
  await expect.poll(facts).toMatchObject({ sessions: 1, inFlight: 1, entered: 31, finals: 30 })
})

test('19 a crash of the page ends its generators', async ({ ipc }) => {
  const { app, page, facts } = ipc
  await page.evaluate(() => window.page.stay())
  await page.waitForFunction(heardOnce)
  await app.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.forcefullyCrashRenderer(),
  )
  await expect.poll(facts).toMatchObject({ sessions: 0, inFlight: 0, entered: 1, finals: 1 })
})

test('19 destroying a window ends its generators and nobody else’s', async ({ ipc }) => {
  const { app, page, facts, opened } = ipc
  const second = await opened(() => app.evaluate(() => void fixture.open()))
  for (const one of [page, second]) {
    await one.evaluate(() => window.page.stay())
    await one.waitForFunction(heardOnce)
  }
  expect(await facts()).toMatchObject({ sessions: 2, entered: 2, finals: 0 })
  await app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows().at(0)?.destroy())
  await expect.poll(facts).toMatchObject({ sessions: 1, inFlight: 1, finals: 1 })
})

test('20 a slow finally of the old page does not touch the new page’s subscription', async ({ ipc }) => {
  const { app, page, facts } = ipc
  await page.evaluate(() => window.page.stay(true))
  await page.waitForFunction(heardOnce)
  await page.reload()
  await page.waitForFunction(() => 'page' in window)
  await page.evaluate(() => window.page.stay(true))
  await page.waitForFunction(heardOnce)
  await app.evaluate(() => fixture.host.release())
  await expect.poll(facts).toMatchObject({ entered: 2, finals: 1, sessions: 1, inFlight: 1 })
  expect(await page.evaluate(() => window.page.echo('on'))).toBe('on')
  expect(await page.evaluate(() => window.page.heard)).toEqual(['here'])
})

test('22 a download, a 204, pushState and a frame’s navigation keep subscriptions', async ({ ipc }) => {
  const { app, page, facts } = ipc
  await page.evaluate(() => window.page.stay())
  await page.waitForFunction(heardOnce)
  // In an object, so that the listener is there before the page goes for the file, and the wait comes after.
  const download = await app.evaluateHandle(({ session }) => ({
    seen: new Promise((resolve) =>
      session.defaultSession.once('will-download', (event) => {
        event.preventDefault()
        resolve(true)
      }),
    ),
  }))
  await page.evaluate(() => {
    location.href = '/special/file.bin'
  })
  await download.evaluate(({ seen }) => seen)
  await page.evaluate(() => {
    location.href = '/special/nothing'
  })
  await expect.poll(() => app.evaluate(() => fixture.requests)).toContain('/special/nothing')
  await page.evaluate(() => history.pushState(null, '', '/boards/1'))
  await page.evaluate(async () => {
    const frame = document.createElement('iframe')
    for (const address of ['/?frame=1', '/?frame=2']) {
      const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
      frame.src = address
      document.body.append(frame)
      await loaded
    }
  })
  expect(await page.evaluate(() => window.page.echo('on'))).toBe('on')
  expect(await page.evaluate(() => window.page.heard)).toEqual(['here'])
  expect(await facts()).toMatchObject({ entered: 1, finals: 0, sessions: 1, inFlight: 1 })
})

test('25 close() ends the session from the page', async ({ ipc: { page, facts } }) => {
  await page.evaluate(() => window.page.stay())
  await page.waitForFunction(heardOnce)
  await page.evaluate(() => window.page.close())
  await expect.poll(facts).toMatchObject({ sessions: 0, inFlight: 0, finals: 1 })
})

import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import path from 'node:path'
import { expect, test } from './fixtures/ipc-app/launch.ts'

const REFUSED =
  'FORBIDDEN: This page may not talk to Agent Rangers. Close this window and open a new one from the menu.'
const refusals = (incidents: string[]) =>
  incidents.filter((incident) => incident.startsWith('rejected FORBIDDEN'))

test('23 a window that the app did not open is FORBIDDEN, and its calls fail at once', async ({ ipc }) => {
  const { app, opened, facts } = ipc
  const stray = await opened(() =>
    app.evaluate(() => void fixture.openStray('app://rangers/', { trusted: false })),
  )
  expect(await stray.evaluate(() => window.page.failure())).toBe(REFUSED)
  expect(await stray.evaluate(() => window.page.failure())).toBe(REFUSED)
  const { sessions, incidents } = await facts()
  expect([sessions, refusals(incidents)]).toEqual([
    0,
    ['rejected FORBIDDEN: the window is not one of the app'],
  ])
})

test('23 a frame inside one of our windows is FORBIDDEN, though its origin is ours', async ({ ipc }) => {
  const { app, opened, facts } = ipc
  const stray = await opened(() =>
    app.evaluate(() => void fixture.openStray('app://rangers/', { trusted: true })),
  )
  expect(await stray.evaluate(() => window.page.failure())).toBe('none')
  await stray.evaluate(() => {
    const frame = document.createElement('iframe')
    frame.src = '/?inner'
    document.body.append(frame)
  })
  await expect.poll(() => stray.frames().length).toBe(2)
  const inner = stray.frames()[1]
  await inner?.waitForFunction(() => 'page' in window)
  expect(await inner?.evaluate(() => window.page.failure())).toBe(REFUSED)
  expect(refusals((await facts()).incidents)).toEqual([
    'rejected FORBIDDEN: the frame is not the main frame of its window',
  ])
})

test('23 a foreign page in one of our windows is FORBIDDEN, and the real preload script shows it no bridge', async ({
  ipc,
  appFolder,
}) => {
  const { app, page, opened, facts } = ipc
  const { server, address } = await serveFolder(path.join(appFolder, 'renderer'))
  try {
    const stray = await opened(() =>
      app.evaluate((_electron, url) => void fixture.openStray(url, { trusted: true }), address),
    )
    expect(await stray.evaluate(() => window.page.failure())).toBe(REFUSED)
    expect(refusals((await facts()).incidents)).toEqual([
      `rejected FORBIDDEN: the origin ${new URL(address).origin} is foreign`,
    ])
    // loadURL from main passes by will-navigate: the last line of defence is the preload script's own check.
    await app.evaluate(
      ({ BrowserWindow }, url) =>
        BrowserWindow.getAllWindows()
          .find((one) => one.isVisible())
          ?.loadURL(url),
      address,
    )
    await page.waitForFunction(() => 'page' in window)
    expect(await page.evaluate(() => [location.origin, window.page.hasBridge])).toEqual([
      new URL(address).origin,
      false,
    ])
  } finally {
    server.close()
  }
})

test('a page cannot leave for another origin, open a window or get a permission', async ({
  ipc: { app, page },
}) => {
  await app.evaluate(({ shell }) => {
    const asked: string[] = []
    Object.assign(globalThis, { asked })
    shell.openExternal = async (url) => void asked.push(url)
  })
  const asked = () => app.evaluate(() => (globalThis as unknown as { asked: string[] }).asked)
  expect(await page.evaluate(() => window.open('https://example.com/docs'))).toBeNull()
  await expect.poll(asked).toEqual(['https://example.com/docs'])
  await page.evaluate(() => {
    location.href = 'https://example.com/away'
  })
  await expect.poll(asked).toEqual(['https://example.com/docs', 'https://example.com/away'])
  await page.evaluate(() => window.open('file:///etc/passwd'))
  expect(await page.evaluate(() => Notification.requestPermission())).toBe('denied')
  expect(await page.evaluate(() => location.href)).toBe('app://rangers/')
  expect(await asked()).toHaveLength(2)
})

test('the window is sandboxed and has no Node; scripts by eval are refused', async ({
  ipc: { app, page },
}) => {
  expect(
    await page.evaluate(() => ({
      node: typeof (globalThis as { process?: unknown }).process,
      require: typeof (globalThis as { require?: unknown }).require,
      bridge: Object.keys(window.rangers ?? {}).sort(),
    })),
  ).toEqual({
    node: 'undefined',
    require: 'undefined',
    bridge: ['connect', 'drawn', 'hasLastScreen', 'platform', 'versions'],
  })
  const policy = await page.evaluate(async () => (await fetch('/')).headers.get('content-security-policy'))
  expect(policy).toContain("script-src 'self'")
  const preferences = await app.evaluate(({ BrowserWindow }) => {
    const contents = BrowserWindow.getAllWindows()[0]?.webContents as unknown as {
      getLastWebPreferences(): Record<string, unknown>
    }
    const { sandbox, contextIsolation, nodeIntegration, webSecurity } = contents.getLastWebPreferences()
    return { sandbox, contextIsolation, nodeIntegration, webSecurity }
  })
  expect(preferences).toEqual({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    webSecurity: true,
  })
})

async function serveFolder(folder: string): Promise<{ server: Server; address: string }> {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost')
    const file = pathname === '/' ? 'index.html' : pathname.slice(1)
    try {
      const body = await readFile(path.join(folder, file))
      response.setHeader('Content-Type', file.endsWith('.html') ? 'text/html' : 'text/javascript')
      response.end(body)
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

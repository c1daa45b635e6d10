import path from 'node:path'
import { app, BrowserWindow, dialog, protocol } from 'electron'
import { appRouter } from './api/router.ts'
import { APP_ORIGIN, APP_SCHEME, registerAppProtocol } from './app-protocol.ts'
import { type Config, companionEnvironment, devServerUrl, loadConfig } from './env.ts'
import { acceptPorts } from './ipc/electron-port.ts'
import { type App, openApp } from './open-app.ts'
import { openOnce } from './open-once.ts'
import { electronDesktop } from './platform/desktop.ts'
import { prepareFolder } from './platform/folder.ts'
import { readPreferences } from './services/preferences.ts'
import { applyTheme, isAppWindow, openWindow } from './window.ts'
import { installMenu } from './window-menu.ts'
import { keepScreenshot } from './window-screenshot.ts'
import { openWindowState } from './window-state.ts'

const here = import.meta.dirname
const root = path.resolve(here, '../..')
const devUrl = app.isPackaged ? undefined : devServerUrl()

protocol.registerSchemesAsPrivileged([APP_SCHEME])
void start().catch(fail)

/** The composition root: configuration, then the window, then everything behind it while the window draws. */
async function start(): Promise<void> {
  const config = await loadConfig({ cwd: root })
  await prepareFolder(config.dataFolder)
  app.setPath('userData', path.join(config.dataFolder, 'window'))
  if (!app.requestSingleInstanceLock()) return app.quit()
  await app.whenReady()

  registerAppProtocol(protocol, path.join(root, 'out/renderer'))
  const state = await openWindowState(config.dataFolder)
  const quitting = new AbortController()
  const behind = openOnce(() => open(config, quitting.signal))
  const screenshots = config.screenshotFile ? keepScreenshot({ file: config.screenshotFile }) : null
  let { theme } = await readPreferences(config.dataFolder)

  const newWindow = () => {
    const window = openWindow({
      preferences: { theme },
      preload: path.join(here, '../preload/preload.cjs'),
      ...(devUrl ? { url: devUrl } : {}),
      bounds: state.bounds,
      onBounds: (bounds) => state.remember(bounds),
    })
    screenshots?.follow(window)
  }

  const ports = acceptPorts({
    router: appRouter,
    origins: [APP_ORIGIN, ...(devUrl ? [new URL(devUrl).origin] : [])],
    isTrusted: isAppWindow,
    build: app.getVersion(),
    createContext: async () => (await behind.get()).ctx,
  })

  async function open(known: Config, signal: AbortSignal): Promise<App> {
    return openApp({
      config: known,
      version: app.getVersion(),
      root,
      desktop: electronDesktop,
      watchdog: {
        command: process.execPath,
        args: [path.join(here, 'watchdog.js')],
        environment: { ...companionEnvironment(), ELECTRON_RUN_AS_NODE: '1' },
      },
      onPreferences: (preferences) => {
        theme = preferences.theme
        applyTheme(theme)
      },
      onChange: () => screenshots?.changed(),
      signal,
    })
  }

  installMenu({ newWindow })
  newWindow()
  app.on('second-instance', newWindow)
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && newWindow())
  app.on('window-all-closed', () => app.quit())
  quitInOrder(async () => {
    quitting.abort()
    ports.dispose()
    await screenshots?.stop()
    await (await behind.opened()?.catch(() => null))?.[Symbol.asyncDispose]()
  })
  // The window shows the reason and offers to try again; where nobody can see it, the app ends with it.
  await behind.get().catch((error: unknown) => {
    process.stderr.write(`${sentence(error)}\n`)
    if (config.screenshotFile) app.exit(1)
  })
}

/** Quitting waits until agents have stopped and the database is closed. */
function quitInOrder(close: () => Promise<void>): void {
  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed) return
    event.preventDefault()
    void close().finally(() => {
      isClosed = true
      app.quit()
    })
  })
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => app.quit())
}

function fail(error: unknown): void {
  process.stderr.write(`${sentence(error)}\n`)
  if (app.isPackaged) dialog.showErrorBox('Agent Rangers cannot start', sentence(error))
  app.exit(1)
}

function sentence(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}

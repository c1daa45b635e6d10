import { once } from 'node:events'
import path from 'node:path'
import { app, BrowserWindow, dialog, Menu, protocol } from 'electron'
import { type FirstLook, firstLookOf } from '#shared/first-look.ts'
import { LAST_SCREEN_FILE } from '#shared/last-screen.ts'
import { APP_ORIGIN, APP_SCHEME, FirstFiles, registerAppProtocol } from './app-protocol.ts'
import { type CachedScript, readCached } from './cached-script.ts'
import { companionEnvironment, devServerUrl, readLayers } from './env.ts'
import { type Places, placesOf } from './env-places.ts'
import { settleGraphics } from './graphics.ts'
import { type HeldPorts, holdPorts } from './ipc/held-ports.ts'
import type { IpcIncident } from './ipc/incident.ts'
import { LastScreenFile, lastScreenMark } from './last-screen.ts'
import type { App } from './open-app.ts'
import { openOnce } from './open-once.ts'
import { electronDesktop } from './platform/desktop.ts'
import { prepareFolder } from './platform/folder.ts'
import { nameRuntime } from './runtime-name.ts'
import { PREFERENCES_FILE, readStored } from './stored-object.ts'
import { hearStrayErrors, type StrayError } from './stray-errors.ts'
import { applyTheme, isAppWindow } from './window.ts'
import { firstDrawing } from './window-first-drawing.ts'
import { installMenu } from './window-menu.ts'
import { windowOpener } from './window-opener.ts'
import { keepPlaces } from './window-places.ts'
import { askBeforeQuit } from './window-quit.ts'
import { type PageCrash, revivePages } from './window-revive.ts'
import { keepScreenshot, type Screenshots } from './window-screenshot.ts'
import { openWindowState } from './window-state.ts'

const here = import.meta.dirname
const root = path.resolve(here, '../..')
const devUrl = app.isPackaged ? undefined : devServerUrl()

protocol.registerSchemesAsPrivileged([APP_SCHEME])
nameRuntime()
const pages = path.join(root, 'out/renderer')
const files = new FirstFiles(pages)
Menu.setApplicationMenu(null) // else Electron builds one of its own first
settleGraphics(app) // the app is not ready before
void start().catch(fail)

/**
 * The composition root: the places, then the window, then everything behind it while the window draws. What the window
 * needs is read at once: until Electron is ready, nothing that is waited for can come.
 */
async function start(): Promise<void> {
  const layers = readLayers({ cwd: root })
  const places = placesOf(layers, { cwd: root })
  const { dataFolder, screenshotFile } = places
  prepareFolder(dataFolder)
  const windowFolder = path.join(dataFolder, 'window')
  app.setPath('userData', windowFolder)
  if (!app.requestSingleInstanceLock()) return app.quit()
  const state = openWindowState(dataFolder)
  let look = firstLookOf(readStored(path.join(dataFolder, PREFERENCES_FILE)))
  const lastScreen = devUrl
    ? null
    : new LastScreenFile(windowFolder, lastScreenMark(app.getVersion(), pages, layers))
  const shown = screenshotFile ? null : (lastScreen?.read() ?? null)
  if (shown) files.put(path.join(pages, LAST_SCREEN_FILE), shown)
  await app.whenReady()
  const served = registerAppProtocol(protocol, pages, files)
  // While the page's process begins, nothing is asked of this one.
  const reading = readCached<typeof import('./behind-window.ts')>(
    path.join(here, 'behind-window.cjs'),
    path.join(windowFolder, 'behind-window.cache'),
    // A page that draws what it showed last time has all it needs, and the machine to itself.
    () => (shown ? firstDrawing(webContents) : Promise.race([served.page, isOver])),
  )
  reading.catch(() => {}) // told when it is waited for
  const held = holdPorts()
  const screenshots = screenshotFile ? keepScreenshot({ file: screenshotFile }) : null
  const kept = keepPlaces(state)
  const reportCrashes = revivePages()
  const question = askBeforeQuit()
  const newWindow = windowOpener({
    preload: path.join(here, '../preload/preload.cjs'),
    url: devUrl,
    state,
    look: () => look,
    follow: (window) => {
      kept.follow(window)
      question.follow(window)
      screenshots?.follow(window)
    },
  })
  // From the first moment: whoever starts the app again wants to see it.
  app.on('second-instance', () => newWindow())
  app.on('before-quit', () => kept.freeze())
  const [last, ...others] = state.windows
  const { webContents } = newWindow({ ...last, hasLastScreen: shown !== null })
  const ends = ['dom-ready', 'did-fail-load', 'render-process-gone', 'destroyed'] as const
  const isOver = Promise.race(ends.map((event) => once(webContents, event)))
  // The page's files come through this process: what is heavy waits until they have been given.
  const code = await reading
  await Promise.race([served.files, isOver])

  for (const place of others) newWindow(place)
  followDesktop({ newWindow: () => newWindow(), quit: question.quit })
  const onPreferences = (changed: FirstLook) => {
    look = changed
    applyTheme(changed.theme)
  }
  await openBehind(places, code, {
    held,
    screenshots,
    onPreferences,
    onOpened: (opened) => {
      question.watch(opened)
      void lastScreen?.forget()
    },
    onStopped: async (answer) => {
      const [first] = state.windows
      if (first) await lastScreen?.keep(await answer(first.hash))
    },
    reportCrashes,
  })
}

/** What the windows have for what is behind them. */
interface WindowSide {
  held: HeldPorts
  screenshots: Screenshots | null
  onPreferences(look: FirstLook): void
  onOpened(opened: App): void
  /** All has stopped, and the database still answers what a window with this address would ask first. */
  onStopped(answer: (hash: string) => Promise<string>): Promise<void>
  reportCrashes: ReturnType<typeof revivePages>
}

/** Everything that answers the window. */
async function openBehind(
  places: Places,
  code: CachedScript<typeof import('./behind-window.ts')>,
  { held, screenshots, onPreferences, onOpened, onStopped, reportCrashes }: WindowSide,
): Promise<void> {
  const { acceptPorts, answerLastScreen, appRouter, loadConfig, openApp, StartNews } = code.run()
  const quitting = new AbortController()
  const starting = new StartNews()
  const behind = openOnce(async () => {
    const opened = await openApp({
      config: { ...loadConfig({ cwd: root }), ...places }, // .env may have changed since, and be tried again
      version: app.getVersion(),
      root,
      desktop: electronDesktop,
      watchdog: watchdogOf(here),
      onPreferences,
      onChange: () => screenshots?.changed(),
      onStarting: (text) => starting.tell(text),
      onStopped: (ctx) => onStopped((hash) => answerLastScreen(ctx, hash)),
      signal: quitting.signal,
    })
    onOpened(opened)
    return opened
  })
  const tell = (report: (opened: App) => void) => void behind.opened()?.then(report, () => {})
  const ports = acceptPorts({
    router: appRouter,
    origins: [APP_ORIGIN, ...(devUrl ? [new URL(devUrl).origin] : [])],
    isTrusted: isAppWindow,
    build: app.getVersion(),
    starting,
    createContext: async () => {
      const { ctx } = await behind.get()
      screenshots?.changed() // what the window asks for, it is about to show
      return ctx
    },
    report: (incident) => tell((opened) => reportTo(opened, incident)),
    held,
  })
  hearStrayErrors(process, (stray) => tell((opened) => reportStray(opened, stray)))
  quitInOrder(async () => {
    quitting.abort()
    ports.dispose()
    await screenshots?.stop()
    await code.keep()
    const opened = await behind.opened()?.catch(() => null)
    await opened?.[Symbol.asyncDispose]()
  })
  // The window shows the reason and offers to try again; where nobody can see it, the app ends with it.
  const opening = behind.get()
  reportCrashes((crash) => tell((opened) => reportCrash(opened, crash)))
  await opening.catch((error: unknown) => {
    process.stderr.write(`${sentence(error)}\n`)
    if (places.screenshotFile) app.exit(1)
  })
}

function followDesktop({ newWindow, quit }: { newWindow(): unknown; quit(): void }): void {
  installMenu({ newWindow, quit })
  app.on('activate', () => BrowserWindow.getAllWindows().length === 0 && newWindow())
  app.on('window-all-closed', () => app.quit())
}

function watchdogOf(folder: string) {
  return {
    command: process.execPath,
    args: [path.join(folder, 'watchdog.js')],
    environment: companionEnvironment(),
  }
}

/** Calls that failed are in the log already, with what they were about. */
function reportTo({ ctx }: App, incident: IpcIncident): void {
  if (incident.kind === 'failed') return
  const { kind, ...facts } = incident
  ctx.log.warn({ event: `link_${kind}`, ...facts }, 'something is wrong on the connection of a window')
}

function reportCrash({ ctx }: App, crash: PageCrash): void {
  ctx.log.error({ event: 'page_crashed', ...crash }, 'the page of a window has crashed, and is loaded anew')
}

function reportStray({ ctx }: App, { kind, error }: StrayError): void {
  ctx.log.error({ event: kind, err: error }, 'an error that nobody has handled: a bug')
}

/** Quitting waits until agents have stopped and the database is closed. */
function quitInOrder(close: () => Promise<void>): void {
  let isClosed = false
  app.on('before-quit', (event) => {
    if (isClosed || event.defaultPrevented) return
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

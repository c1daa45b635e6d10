import { app, BrowserWindow, nativeTheme, screen, type WebContents } from 'electron'
import type { FirstLook } from '#shared/first-look.ts'
import { HAS_LAST_SCREEN } from '#shared/last-screen.ts'
import { sidebarWidth } from '#shared/sidebar.ts'
import { APP_ORIGIN } from './app-protocol.ts'
import { type Bounds, MIN_SIZE, placeWindow } from './window-bounds.ts'
import { guardContents } from './window-guard.ts'
import { endHungLoads } from './window-hang.ts'

export interface WindowOptions {
  look: FirstLook
  /** The built preload script. */
  preload: string
  /** Where the pages are: `app://rangers/`, or the dev server's address. */
  url?: string
  /** The page and what it shows, such as `/#/inbox`. Default: what it chooses itself. */
  route?: string
  /** Where the last window was when it was moved or closed. */
  bounds?: Bounds | null
  /** Exactly there, also while another window is open. */
  isRestored?: boolean
  /** What was shown last lies ready for it. */
  hasLastScreen?: boolean
  /** A page asks for another window, to show this. */
  onOpenHash?(hash: string): void
  /** Called after the window was moved or resized, at most every 400 ms, and when it closes. */
  onBounds?(bounds: Bounds): void
}

/** What is behind the page until it is drawn: `--bg` of renderer/ui/tokens.css, so that nothing flashes. */
const BACKGROUND = { light: '#fcfcfd', dark: '#121317' }
const BOUNDS_PAUSE_MS = 400

/** With the address that each was opened on. */
const ours = new WeakMap<WebContents, string>()

/** Whether the web contents are those of a window that `openWindow` made. */
export function isAppWindow(contents: WebContents): boolean {
  return ours.has(contents)
}

/** Opens a window on the app's page: at once, in the page's own colours, so that nothing flashes. Several may be open. */
export function openWindow(options: WindowOptions): BrowserWindow {
  const { url = `${APP_ORIGIN}/`, preload, bounds = null } = options
  applyTheme(options.look.theme)
  const screens = screen.getAllDisplays().map((display) => display.workArea)
  const beside = options.isRestored ? null : (BrowserWindow.getFocusedWindow()?.getNormalBounds() ?? null)
  const window = new BrowserWindow({
    ...placeWindow(bounds, screens, beside),
    minWidth: MIN_SIZE.width,
    minHeight: MIN_SIZE.height,
    title: app.name,
    backgroundColor: background(),
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      spellcheck: false, // its dictionaries come from the internet
      additionalArguments: [
        `--rangers-origin=${originOf(url)}`,
        `--rangers-version=${app.getVersion()}`,
        `--rangers-sidebar=${sidebarWidth(options.look)}`,
        ...(options.hasLastScreen ? [HAS_LAST_SCREEN] : []),
      ],
    },
  })
  const address = new URL(options.route ?? '/', url).href
  ours.set(window.webContents, address)
  guardContents(window.webContents, url, options.onOpenHash)
  if (!options.url) endHungLoads(window.webContents) // a dev server may take its time
  if (options.onBounds) watchBounds(window, options.onBounds)
  load(window.webContents, address)
  return window
}

/** Loads the page of a window that `openWindow` made anew. */
export function loadAnew(contents: WebContents): void {
  const address = ours.get(contents)
  // A process that has died before it had a page leaves nothing that could be reloaded.
  if (contents.getURL() === '' && address) load(contents, address)
  else contents.reload()
}

function load(contents: WebContents, address: string): void {
  // A page that fails to load is reported by did-fail-load; the promise would only say it twice.
  contents.loadURL(address).catch(() => {})
}

/** Lets pages and native parts be light, dark, or as the system is. */
export function applyTheme(theme: FirstLook['theme']): void {
  nativeTheme.themeSource = theme
  for (const window of BrowserWindow.getAllWindows()) window.setBackgroundColor(background())
}

function background(): string {
  return nativeTheme.shouldUseDarkColors ? BACKGROUND.dark : BACKGROUND.light
}

/** As `location.origin` gives it; `URL.origin` is "null" for app://. */
function originOf(url: string): string {
  const { protocol, host } = new URL(url)
  return `${protocol}//${host}`
}

function watchBounds(window: BrowserWindow, onBounds: (bounds: Bounds) => void): void {
  let timer: NodeJS.Timeout | undefined
  const changed = () => {
    clearTimeout(timer)
    timer = setTimeout(() => onBounds(window.getNormalBounds()), BOUNDS_PAUSE_MS)
  }
  window.on('resize', changed)
  window.on('move', changed)
  window.on('close', () => {
    clearTimeout(timer)
    onBounds(window.getNormalBounds())
  })
  window.on('closed', () => clearTimeout(timer))
}

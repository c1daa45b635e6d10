import { BrowserWindow, Menu, type MenuItemConstructorOptions } from 'electron'

export interface MenuActions {
  newWindow(): void
  /** A person wants to quit. Default: the app quits. */
  quit?(): void
}

/** Gives the app its menu: the platform's standard roles, and File > New Window. */
export function installMenu(actions: MenuActions, platform: NodeJS.Platform = process.platform): void {
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(actions, platform)))
}

/** Of the window in front. Its keys are the page's own, where a person can change them. */
function historyOf(): Electron.NavigationHistory | undefined {
  return BrowserWindow.getFocusedWindow()?.webContents.navigationHistory
}

function menuTemplate(
  { newWindow, quit }: MenuActions,
  platform: NodeJS.Platform,
): MenuItemConstructorOptions[] {
  const isMac = platform === 'darwin'
  const quitItem: MenuItemConstructorOptions = quit
    ? {
        id: 'quit',
        label: isMac ? 'Quit Agent Rangers' : 'Quit',
        accelerator: 'CmdOrCtrl+Q',
        click: () => quit(),
      }
    : { role: 'quit' }
  const file: MenuItemConstructorOptions = {
    label: '&File',
    submenu: [
      { id: 'new-window', label: 'New Window', accelerator: 'CmdOrCtrl+Shift+N', click: () => newWindow() },
      { type: 'separator' },
      isMac ? { role: 'close' } : quitItem,
    ],
  }
  const view: MenuItemConstructorOptions = {
    label: '&View',
    submenu: [
      { role: 'reload' },
      { role: 'toggleDevTools' },
      { type: 'separator' },
      { role: 'resetZoom' },
      { role: 'zoomIn' },
      { role: 'zoomOut' },
      { type: 'separator' },
      { role: 'togglefullscreen' },
    ],
  }
  const go: MenuItemConstructorOptions = {
    label: '&Go',
    submenu: [
      { id: 'go-back', label: 'Back', click: () => historyOf()?.goBack() },
      { id: 'go-forward', label: 'Forward', click: () => historyOf()?.goForward() },
    ],
  }
  const standard: MenuItemConstructorOptions[] = [
    file,
    { role: 'editMenu' },
    view,
    go,
    { role: 'windowMenu' },
  ]
  const own: MenuItemConstructorOptions = {
    label: 'Agent Rangers',
    submenu: [
      { role: 'about' },
      { type: 'separator' },
      { role: 'services' },
      { type: 'separator' },
      { role: 'hide' },
      { role: 'hideOthers' },
      { role: 'unhide' },
      { type: 'separator' },
      quitItem,
    ],
  }
  return isMac ? [own, ...standard] : standard
}

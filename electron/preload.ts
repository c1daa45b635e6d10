import { contextBridge, ipcRenderer, webFrame } from 'electron'
import { IPC_CONNECT_CHANNEL, type IpcBridge } from '#shared/ipc.ts'
import { HAS_LAST_SCREEN, IPC_DRAWN_CHANNEL } from '#shared/last-screen.ts'
import { SIDEBAR_LEFT_AT } from '#shared/sidebar.ts'

/** `documentId` tells the app this document's ports from those of the document that was here before a reload. */
function makeBridge(documentId: string): IpcBridge {
  return {
    connect(nonce) {
      const { port1, port2 } = new MessageChannel()
      ipcRenderer.postMessage(IPC_CONNECT_CHANNEL, documentId, [port1])
      // A port cannot cross the context bridge. It goes by the window, under a name that only the caller knows:
      // without it, several clients in one page would all take the first port that comes.
      window.postMessage({ rangers: nonce }, location.origin, [port2])
    },
    hasLastScreen: process.argv.includes(HAS_LAST_SCREEN),
    drawn: () => ipcRenderer.send(IPC_DRAWN_CHANNEL),
    platform: process.platform,
    versions: {
      app: argument('--rangers-version='),
      electron: process.versions.electron ?? '',
      chrome: process.versions.chrome ?? '',
    },
  }
}

/** A value that the app appended to this window's command line, since a sandboxed script can read nothing else. */
function argument(prefix: string): string {
  return process.argv.find((entry) => entry.startsWith(prefix))?.slice(prefix.length) ?? ''
}

/**
 * As wide as the sidebar was left, in CSS pixels. The command line tells how it was when the window was opened; a page that
 * is loaded anew knows better from the one before it. A start does not ask: the page's storage takes a while to open.
 */
function sidebarWidth(): number {
  const isReload = performance
    .getEntriesByType('navigation')
    .some((entry) => 'type' in entry && entry.type === 'reload')
  return Number((isReload && localStorage.getItem(SIDEBAR_LEFT_AT)) || argument('--rangers-sidebar='))
}

// A foreign page that gets into a window finds nothing here; the app checks the sender as well. The empty document
// that is there for a moment after a page has crashed is no secure one: it has no randomUUID.
if (location.origin === argument('--rangers-origin=')) {
  // The first paint, before any script has run, has the sidebar as wide as it was left.
  webFrame.insertCSS(`:root { --sidebar-width: ${sidebarWidth()}px }`)
  contextBridge.exposeInMainWorld('rangers', makeBridge(crypto.randomUUID()))
}

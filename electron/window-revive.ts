import { app, BrowserWindow, dialog, type WebContents } from 'electron'
import { isAppWindow, loadAnew } from './window.ts'

/** Why the process of a page has ended, in Electron's words. */
export interface PageCrash {
  reason: string
  exit_code: number
}

const MOST_CRASHES = 3
const WITHIN_MS = 60_000

/**
 * Loads the page of a window anew when its process has died; the window would stay blank, without a way on. One that
 * dies three times within a minute is loaded when the person wants it. To be called before the first window opens; each
 * crash, those before it too, is told to what the answer is given.
 */
export function revivePages(): (report: (crash: PageCrash) => void) => void {
  const untold: PageCrash[] = []
  let report = (crash: PageCrash): unknown => untold.push(crash)
  const crashes = new WeakMap<WebContents, number[]>()
  let isQuitting = false
  app.once('before-quit', () => {
    isQuitting = true
  })
  app.on('render-process-gone', (_event, contents, { reason, exitCode }) => {
    if (isQuitting || reason === 'clean-exit' || contents.isDestroyed() || !isAppWindow(contents)) return
    report({ reason, exit_code: exitCode })
    const now = performance.now()
    const recent = [...(crashes.get(contents) ?? []), now].filter((at) => now - at < WITHIN_MS)
    crashes.set(contents, recent)
    if (recent.length < MOST_CRASHES) loadAnew(contents)
    else void askToLoad(contents)
  })
  return (tell) => {
    report = tell
    untold.splice(0).forEach(tell)
  }
}

async function askToLoad(contents: WebContents): Promise<void> {
  const window = BrowserWindow.fromWebContents(contents)
  if (!window) return
  const { response } = await dialog.showMessageBox(window, {
    type: 'error',
    message: 'This window has stopped several times.',
    detail: 'What was saved is kept, and agents work on. The log in the data folder says more.',
    buttons: ['Load again', 'Close window'],
    cancelId: 1,
  })
  if (window.isDestroyed()) return
  if (response === 0) loadAnew(contents)
  else window.close()
}

import { setTimeout as wait } from 'node:timers/promises'
import { app, BrowserWindow, dialog, type WebContents } from 'electron'

/** What a page answers when it has written what it was writing: whether all of it was taken (renderer/lib/window-work.ts). */
const ASK = 'window.rangersWork?.() ?? true'
/** How long a window that writes is waited for before the person is asked, and before the app quits all the same. */
const PATIENCE_MS = 2000

export interface WindowWork {
  /** Closing it waits for what its page is writing. `onStays`: it was to be closed, and is not for now. */
  follow(window: BrowserWindow, onStays: () => void): void
  /** Waits for all windows, but not for long. */
  done(): Promise<void>
  /** The same before a person quits: not where something was refused, nor where they rather wait than lose something. */
  mayQuit(): Promise<boolean>
}

/**
 * Windows that are closed while their page still writes what a person has just changed stay until that is done. They stay
 * also when it was refused, since the page says so. Pages that are loaded anew, and an app that quits, do not wait here.
 */
export function watchWork(): WindowWork {
  let isQuitting = false
  app.on('before-quit', () => {
    isQuitting = true
  })
  return {
    follow(window, onStays) {
      let isClosing = false
      let isWaiting = false
      window.on('close', (event) => {
        isClosing = !event.defaultPrevented
      })
      window.webContents.on('will-prevent-unload', (event) => {
        if (isQuitting || !isClosing) return event.preventDefault() // let it go
        isClosing = false
        onStays()
        if (isWaiting) return
        isWaiting = true
        void closeWhenDone(window).finally(() => {
          isWaiting = false
        })
      })
    },
    async done() {
      await answersOfAll()
    },
    async mayQuit() {
      for (const { window, answer } of await answersOfAll()) {
        if (answer === true || window.isDestroyed()) continue
        window.show()
        if (answer === false || !(await isGivenUp(window))) return false
      }
      return true
    },
  }
}

async function closeWhenDone(window: BrowserWindow): Promise<void> {
  const answer = await answerOf(window.webContents)
  if (window.isDestroyed()) return
  if (answer === true) window.close()
  else if (answer === 'late' && (await isGivenUp(window)) && !window.isDestroyed()) window.destroy()
}

function answersOfAll() {
  const windows = BrowserWindow.getAllWindows()
  return Promise.all(windows.map(async (window) => ({ window, answer: await answerOf(window.webContents) })))
}

/** A page that cannot answer, since it has crashed or is not there yet, writes nothing. */
async function answerOf(contents: WebContents): Promise<boolean | 'late'> {
  if (contents.isDestroyed() || contents.isCrashed() || contents.isLoadingMainFrame()) return true
  const isAnswered = new AbortController()
  const { signal } = isAnswered
  const late = wait(PATIENCE_MS, 'late' as const, { signal, ref: false })
  late.catch(() => {}) // it is not late
  try {
    const answer = await Promise.race([contents.executeJavaScript(ASK), late])
    return answer === 'late' ? answer : answer !== false
  } catch {
    return true
  } finally {
    isAnswered.abort()
  }
}

async function isGivenUp(window: BrowserWindow): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'Not everything is saved yet.',
    detail: 'The last changes in this window are still being written, or wait for your decision.',
    buttons: ['Keep open', 'Close anyway'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}

import { setTimeout as wait } from 'node:timers/promises'
import { app, BrowserWindow, dialog, type WebContents } from 'electron'

/** What a page answers when it has written what it was writing: whether all of it was taken (renderer/lib/window-work.ts). */
const ASK = 'window.rangersWork?.() ?? true'
/** How long a window that writes is waited for before the person is asked, and before the app quits all the same. */
const PATIENCE_MS = 2000

export interface WindowWork {
  /** Closing and reloading it wait for what its page is writing. `onStays`: it was to be closed, and is not for now. */
  follow(window: BrowserWindow, onStays: () => void): void
  /** Waits for all windows, but not for long. */
  done(): Promise<void>
  /** The same before a person quits: not where something was refused, nor where they rather wait than lose something. */
  mayQuit(): Promise<boolean>
}

/** How a page is left. */
type Leaving = 'close' | 'reload'

/**
 * Windows that are closed or loaded anew while their page still writes what a person has just changed stay until that is done.
 * They stay also when it was refused, since the page says so. An app that quits does not wait here.
 */
export function watchWork(): WindowWork {
  let isQuitting = false
  app.on('before-quit', () => {
    isQuitting = true
  })
  return {
    follow(window, onStays) {
      const waiting = new Waiting(window)
      let isClosing = false
      window.on('close', (event) => {
        isClosing = !event.defaultPrevented
      })
      window.webContents.on('will-prevent-unload', (event) => {
        if (isQuitting || waiting.isGivenUp) return event.preventDefault() // let it go
        if (isClosing) onStays()
        waiting.leave(isClosing ? 'close' : 'reload')
        isClosing = false
      })
    },
    async done() {
      await answersOfAll()
    },
    async mayQuit() {
      for (const { window, answer } of await answersOfAll()) {
        if (answer === true || window.isDestroyed()) continue
        window.show()
        if (answer === false || !(await askToGiveUp(window, 'close'))) return false
      }
      return true
    },
  }
}

/** Of a window that was kept from being left until its page has answered. */
class Waiting {
  /** A person rather loses what is not written. */
  isGivenUp = false
  readonly #window: BrowserWindow
  /** What is done then: whatever was asked for last. */
  #next: Leaving | null = null

  constructor(window: BrowserWindow) {
    this.#window = window
    window.webContents.on('did-navigate', () => {
      this.isGivenUp = false
    })
  }

  leave(how: Leaving): void {
    const isWaiting = this.#next !== null
    this.#next = how
    if (!isWaiting) void this.#leaveWhenDone()
  }

  async #leaveWhenDone(): Promise<void> {
    const may = await this.#mayLeave()
    const how = this.#next
    this.#next = null
    if (!may || this.#window.isDestroyed()) return
    if (how === 'reload') this.#window.webContents.reload()
    else if (this.isGivenUp) this.#window.destroy()
    else this.#window.close()
  }

  async #mayLeave(): Promise<boolean> {
    const answer = await answerOf(this.#window.webContents)
    if (answer !== 'late' || this.#window.isDestroyed()) return answer === true
    this.isGivenUp = await askToGiveUp(this.#window, this.#next ?? 'close')
    return this.isGivenUp
  }
}

function answersOfAll() {
  const windows = BrowserWindow.getAllWindows()
  return Promise.all(windows.map(async (window) => ({ window, answer: await answerNow(window.webContents) })))
}

/** A page that is not there yet writes nothing. */
function answerNow(contents: WebContents) {
  return contents.isDestroyed() || contents.isLoadingMainFrame() ? true : answerOf(contents)
}

/** A page that cannot answer, since it has crashed, writes nothing. */
async function answerOf(contents: WebContents): Promise<boolean | 'late'> {
  if (contents.isDestroyed() || contents.isCrashed()) return true
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

const questions = new WeakMap<BrowserWindow, Promise<boolean>>()

/** Who closes a window and then quits is asked once: a window has one question at a time, and all who wait get its answer. */
function askToGiveUp(window: BrowserWindow, how: Leaving): Promise<boolean> {
  const open = questions.get(window)
  if (open) return open
  const question = ask(window, how).finally(() => questions.delete(window))
  questions.set(window, question)
  return question
}

async function ask(window: BrowserWindow, how: Leaving): Promise<boolean> {
  const { response } = await dialog.showMessageBox(window, {
    type: 'warning',
    message: 'Not everything is saved yet.',
    detail: 'The last changes in this window are still being written, or wait for your decision.',
    buttons: ['Keep open', how === 'close' ? 'Close anyway' : 'Reload anyway'],
    defaultId: 0,
    cancelId: 0,
  })
  return response === 1
}

import { app, BrowserWindow, dialog } from 'electron'
import { LastWindow } from './last-window.ts'
import type { App } from './open-app.ts'
import { guardQuit } from './quit-guard.ts'
import { watchWork } from './window-work.ts'

export interface QuitQuestion {
  /** Its closing asks when it is the last one. */
  follow(window: BrowserWindow): void
  /** The app whose agents are asked about; before, nobody is asked. */
  watch(opened: App): void
  /** A person wants to quit. */
  quit(): Promise<void>
}

/**
 * Asks before a person quits while agents work: by the menu, or by closing the last window. Not when the system shuts
 * down, at a signal, or when the app is told to quit otherwise: those do not wait for an answer.
 */
export function askBeforeQuit(): QuitQuestion {
  let opened: App | null = null
  let isQuitting = false
  const last = new LastWindow<BrowserWindow>(() => BrowserWindow.getAllWindows())
  const work = watchWork()
  let hasWaited = false
  const quitOnceDone = async () => {
    await work.done()
    hasWaited = true
    app.quit()
  }
  app.on('before-quit', (event) => {
    if (!hasWaited && BrowserWindow.getAllWindows().length > 0) {
      event.preventDefault()
      if (!isQuitting) void quitOnceDone()
    }
    isQuitting = true
  })
  const mayQuit = guardQuit({
    atWork: () => opened?.ctx.orchestrator.atWork() ?? 0,
    isWanted: () => opened?.ctx.preferences.get().ask_before_quit ?? false,
    ask,
    forget: async () => opened?.ctx.preferences.update({ ask_before_quit: false }),
    quit: () => app.quit(),
  })
  return {
    follow(window) {
      window.on('close', (event) => {
        if (!isQuitting && last.is(window) && !mayQuit()) event.preventDefault()
        else last.noteClosing(window)
      })
      work.follow(window, () => last.noteStays(window))
    },
    watch(app) {
      opened = app
    },
    async quit() {
      if (!isQuitting && !mayQuit()) return
      if (isQuitting || (await work.mayQuit())) app.quit()
    },
  }
}

async function ask(runs: number): Promise<{ quit: boolean; never: boolean }> {
  const options: Electron.MessageBoxOptions = {
    type: 'question',
    message: runs === 1 ? 'An agent is working.' : `${runs} agents are working.`,
    detail: `Quit and stop ${runs === 1 ? 'it' : 'them'}? Finished steps are kept; Resume goes on after the last one.`,
    buttons: ['Quit', 'Keep working'],
    defaultId: 1,
    cancelId: 1,
    checkboxLabel: 'Do not ask again',
  }
  const parent = BrowserWindow.getFocusedWindow() ?? BrowserWindow.getAllWindows()[0]
  const answer = await (parent ? dialog.showMessageBox(parent, options) : dialog.showMessageBox(options))
  return { quit: answer.response === 0, never: answer.checkboxChecked }
}

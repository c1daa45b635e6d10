import type { BrowserWindow } from 'electron'
import type { OpenedWindow, WindowState } from './window-state.ts'

const PAUSE_MS = 300

export interface WindowPlaces {
  /** Remembers what a window shows until it is closed. */
  follow(window: BrowserWindow): void
  /** The app ends: what is open now is what opens next time. */
  freeze(): void
}

/** Keeps which windows are open, where they lie and what they show, so that the next start opens them again. */
export function keepPlaces(state: Pick<WindowState, 'rememberWindows'>): WindowPlaces {
  const windows = new Set<BrowserWindow>()
  let timer: NodeJS.Timeout | undefined
  let isFrozen = false
  const remember = () => {
    clearTimeout(timer)
    // Of the last one it is still known when it was closed by itself: the app ends with it, and begins with it.
    if (!isFrozen && windows.size > 0) state.rememberWindows([...windows].map(placeOf))
  }
  const soon = () => {
    clearTimeout(timer)
    timer = setTimeout(remember, PAUSE_MS)
  }
  return {
    follow(window) {
      windows.add(window)
      window.webContents.on('did-navigate-in-page', soon)
      window.webContents.on('did-finish-load', soon)
      window.on('resize', soon)
      window.on('move', soon)
      window.on('close', remember)
      window.on('closed', () => {
        windows.delete(window)
        remember()
      })
    },
    freeze() {
      remember()
      isFrozen = true
    },
  }
}

function placeOf(window: BrowserWindow): OpenedWindow {
  const { hash } = new URL(window.webContents.getURL() || 'app://none/')
  return { bounds: window.getNormalBounds(), hash: hash.startsWith('#/') ? hash : '#/' }
}

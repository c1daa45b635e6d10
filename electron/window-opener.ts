import type { BrowserWindow } from 'electron'
import type { FirstLook } from '#shared/first-look.ts'
import { openWindow } from './window.ts'
import type { Bounds } from './window-bounds.ts'
import type { openWindowState } from './window-state.ts'

/** Where a window stands and what it shows; without, where the last one stood, and the first page. */
export interface WindowPlace {
  bounds?: Bounds
  hash?: string
  hasLastScreen?: boolean
}

interface WindowOpenerOptions {
  /** The file of the preload script. */
  preload: string
  /** Of the development server; undefined: the app's own files. */
  url: string | undefined
  state: Pick<ReturnType<typeof openWindowState>, 'bounds' | 'rememberBounds'>
  /** As it is when a window is opened. */
  look(): FirstLook
  /** Hears of each one. */
  follow(window: BrowserWindow): void
}

/** Opens the windows of the app: the first one, those of last time, and those that a person asks for. */
export function windowOpener({ preload, url, state, look, follow }: WindowOpenerOptions) {
  const newWindow = ({ bounds, hash, hasLastScreen = false }: WindowPlace = {}): BrowserWindow => {
    const window = openWindow({
      look: look(),
      preload,
      ...(url ? { url } : {}),
      route: `/${hash ?? ''}`,
      bounds: bounds ?? state.bounds,
      isRestored: bounds !== undefined,
      hasLastScreen,
      onBounds: (bounds) => state.rememberBounds(bounds),
      onOpenHash: (hash) => newWindow({ hash }),
    })
    follow(window)
    return window
  }
  return newWindow
}

import { rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { isObject, readStored } from './stored-object.ts'
import type { Bounds } from './window-bounds.ts'

/** A window that was open: where it lay and what it showed, as the page's address after `#`. */
export interface OpenedWindow {
  bounds: Bounds
  hash: string
}

/** More are not opened by themselves. */
const MOST_WINDOWS = 12
const LONGEST_HASH = 4000

/** Where windows were; kept by the main process, since a page's own storage is lost when the app is killed. */
export interface WindowState {
  /** Of the window that was moved last. */
  readonly bounds: Bounds | null
  /** Those that were open when the app ended, however it did. */
  readonly windows: readonly OpenedWindow[]
  rememberBounds(bounds: Bounds): void
  /** All that are open now. */
  rememberWindows(windows: readonly OpenedWindow[]): void
}

export function openWindowState(folder: string): WindowState {
  const file = path.join(folder, 'window.json')
  let { bounds, windows }: Pick<WindowState, 'bounds' | 'windows'> = stateIn(readStored(file))
  let writing: Promise<void> = Promise.resolve()
  let written = ''
  const write = () => {
    const text = JSON.stringify({ ...(bounds && { bounds }), windows })
    if (bounds === null || text === written) return
    written = text
    // Not worth a word when it fails: the next start just takes the default place.
    writing = writing.then(() => replaceFile(file, text)).catch(() => {})
  }
  return {
    get bounds() {
      return bounds
    },
    get windows() {
      return windows
    },
    rememberBounds(next) {
      bounds = next
      write()
    },
    rememberWindows(next) {
      windows = next.slice(-MOST_WINDOWS)
      bounds ??= windows.at(-1)?.bounds ?? null
      write()
    },
  }
}

async function replaceFile(file: string, text: string): Promise<void> {
  const draft = `${file}.tmp`
  await writeFile(draft, text)
  await rename(draft, file)
}

/** Without a schema, as `firstLookOf`. An older app kept the bounds alone. */
function stateIn({ windows, ...stored }: Record<string, unknown>) {
  return {
    bounds: boundsIn(stored.bounds ?? stored),
    windows: Array.isArray(windows) ? windows.flatMap(openedIn).slice(-MOST_WINDOWS) : [],
  }
}

function openedIn(value: unknown): OpenedWindow[] {
  const { hash, bounds } = isObject(value) ? value : {}
  const place = boundsIn(bounds)
  const isAddress = typeof hash === 'string' && hash.startsWith('#/') && hash.length <= LONGEST_HASH
  return place && isAddress ? [{ bounds: place, hash }] : []
}

function boundsIn(value: unknown): Bounds | null {
  const { x, y, width, height } = isObject(value) ? value : {}
  const isPlace = isNumber(x) && isNumber(y) && isNumber(width) && isNumber(height)
  return isPlace ? { x, y, width, height } : null
}

const isNumber = (value: unknown): value is number => Number.isFinite(value)

import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Bounds } from './window-bounds.ts'

const Stored = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** A window that was open: where it lay and what it showed, as the page's address after `#`. */
const StoredWindow = z.object({ bounds: Stored, hash: z.string().max(4000).startsWith('#/') })
export type OpenedWindow = z.infer<typeof StoredWindow>

const StoredState = z.object({ bounds: Stored, windows: z.array(StoredWindow).max(50).catch([]).default([]) })

/** More are not opened by themselves. */
const MOST_WINDOWS = 12

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

export async function openWindowState(folder: string): Promise<WindowState> {
  const file = path.join(folder, 'window.json')
  let { bounds, windows } = parse(await readFile(file, 'utf8').catch(() => 'null'))
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

/** Also of an older app, which kept the bounds alone. */
function parse(text: string): { bounds: Bounds | null; windows: readonly OpenedWindow[] } {
  try {
    const value: unknown = JSON.parse(text)
    const state = StoredState.safeParse(value).data
    if (state) return state
    return { bounds: Stored.safeParse(value).data ?? null, windows: [] }
  } catch {
    return { bounds: null, windows: [] }
  }
}

import { readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import type { Bounds } from './window-bounds.ts'

const Stored = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() })

/** Where the last window was; kept by the main process, since a page's own storage is lost when the app is killed. */
export interface WindowState {
  bounds: Bounds | null
  remember(bounds: Bounds): void
}

export async function openWindowState(folder: string): Promise<WindowState> {
  const file = path.join(folder, 'window.json')
  const text = await readFile(file, 'utf8').catch(() => 'null')
  const state: WindowState = {
    bounds: parse(text),
    remember(bounds) {
      state.bounds = bounds
      const draft = `${file}.tmp`
      // Not worth a word when it fails: the next start just takes the default place.
      writeFile(draft, JSON.stringify(bounds))
        .then(() => rename(draft, file))
        .catch(() => {})
    },
  }
  return state
}

function parse(text: string): Bounds | null {
  try {
    return Stored.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}

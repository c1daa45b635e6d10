import { once } from 'node:events'
import type { WebContents } from 'electron'
import { IPC_DRAWN_CHANNEL } from '#shared/last-screen.ts'

/** A page that has not drawn by then is not waited for any longer, in milliseconds: it may need answers to get on. */
const LONGEST_MS = 2_000

/** Resolves once the page has told that it has drawn its first screen, has ended, or has taken too long. */
export async function firstDrawing(contents: WebContents): Promise<void> {
  const end = new AbortController()
  const { signal } = end
  const limit = setTimeout(() => end.abort(), LONGEST_MS)
  const ends = ['did-fail-load', 'render-process-gone', 'destroyed'] as const
  try {
    await Promise.race([
      once(contents.ipc, IPC_DRAWN_CHANNEL, { signal }),
      ...ends.map((event) => once(contents, event, { signal })),
    ])
  } catch {
    // Too long.
  } finally {
    clearTimeout(limit)
    end.abort() // takes the listeners away
  }
}

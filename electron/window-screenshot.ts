import { rename, rm, writeFile } from 'node:fs/promises'
import type { BrowserWindow } from 'electron'

export interface ScreenshotOptions {
  /** The PNG file that always shows the latest state. */
  file: string
  /** From a change to its picture, in milliseconds; what changes meanwhile is on it too. Default 400. */
  restMs?: number
  /** Told of each picture that is in place. */
  written?(file: string): void
  failed?(error: unknown): void
}

export interface Screenshots {
  /** The window is followed until it closes; the newest one is the one that is shown. */
  follow(window: BrowserWindow): void
  /** Something on the screen has changed. */
  changed(): void
  /** Takes no more. Resolves when a picture that was being written is in place. */
  stop(): Promise<void>
}

/** Keeps a picture of the window in a file, for machines without a display. The file is always whole. */
export function keepScreenshot({ file, restMs = 400, written, failed }: ScreenshotOptions): Screenshots {
  const windows: BrowserWindow[] = []
  let timer: NodeJS.Timeout | undefined
  let writing: Promise<void> = Promise.resolve()
  let stopped = false

  function changed(): void {
    if (stopped || timer !== undefined) return
    // Not postponed by further changes: while agents talk, something changes all the time.
    timer = setTimeout(() => {
      timer = undefined
      writing = writing.then(take)
    }, restMs)
  }

  async function take(): Promise<void> {
    const window = windows.at(-1)
    if (window === undefined) return
    try {
      const image = await window.webContents.capturePage()
      if (image.isEmpty()) return
      await replaceFile(file, image.toPNG())
      written?.(file)
    } catch (error) {
      if (!window.isDestroyed()) failed?.(error)
    }
  }

  return {
    changed,
    follow(window) {
      windows.push(window)
      window.webContents.on('did-finish-load', changed)
      window.on('show', changed)
      window.on('closed', () => {
        windows.splice(windows.indexOf(window), 1)
        changed()
      })
    },
    async stop() {
      stopped = true
      clearTimeout(timer)
      await writing
    },
  }
}

async function replaceFile(file: string, content: Buffer): Promise<void> {
  const draft = `${file}.${process.pid}.part`
  try {
    await writeFile(draft, content)
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}

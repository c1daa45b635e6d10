import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { loadConfig } from '#electron/config.ts'
import { type App, openApp } from '#electron/open-app.ts'
import { terminalDesktop } from '#electron/terminal/terminal-desktop.ts'

/** Works with a whole app without a window, on a data folder and an embedded server that are gone afterwards. */
export async function withScratchApp<T>(signal: AbortSignal, work: (app: App) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(path.join(tmpdir(), 'rangers-bench-'))
  try {
    const env = { RANGERS_DATA_DIR: folder, LOG_LEVEL: 'warn' }
    const app = await openApp({
      config: loadConfig({ env, cwd: folder }),
      version: 'bench',
      root: process.cwd(),
      desktop: terminalDesktop,
      watchdog: null,
      signal,
    })
    try {
      return await work(app)
    } finally {
      await app[Symbol.asyncDispose]()
    }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

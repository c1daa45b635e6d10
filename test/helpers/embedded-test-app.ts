import { appRouter } from '#electron/api/router.ts'
import { loadConfig } from '#electron/config.ts'
import { type App, openApp } from '#electron/open-app.ts'
import { prepareFolder } from '#electron/platform/folder.ts'
import { terminalDesktop } from '#electron/terminal/terminal-desktop.ts'

/** The whole app without a window on its own server, in a data folder that outlives it. */
export interface EmbeddedTestApp extends AsyncDisposable {
  ctx: App['ctx']
  api: ReturnType<typeof appRouter.createCaller>
}

export async function openEmbeddedApp(dataFolder: string): Promise<EmbeddedTestApp> {
  const config = loadConfig({
    env: { RANGERS_DATA_DIR: dataFolder, DATABASE_POOL_SIZE: '2' },
    cwd: process.cwd(),
  })
  prepareFolder(dataFolder)
  const app = await openApp({
    config,
    version: '0.0.0-test',
    root: process.cwd(),
    desktop: terminalDesktop,
    watchdog: null,
    signal: AbortSignal.timeout(60_000),
  })
  return {
    ctx: app.ctx,
    api: appRouter.createCaller(app.ctx),
    [Symbol.asyncDispose]: () => app[Symbol.asyncDispose](),
  }
}

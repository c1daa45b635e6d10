import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type { ClientConfig } from 'pg'
import { appRouter } from '#electron/api/router.ts'
import { loadConfig } from '#electron/config.ts'
import type { AppContext } from '#electron/context.ts'
import { openApp } from '#electron/open-app.ts'
import type { Desktop } from '#electron/platform/desktop-port.ts'
import type { Providers } from '#electron/providers/registry.ts'
import { terminalDesktop } from '#electron/terminal/terminal-desktop.ts'
import { urlOf } from './database-url.ts'
import { keepLogs, plantEnvironment } from './run-logs.ts'
import { createTestDatabase, type TestDatabaseOptions } from './test-database.ts'

/** The whole app without a window, on a database and a data folder of its own; calls go through the real router. */
export interface TestApp extends AsyncDisposable {
  ctx: AppContext
  api: ReturnType<typeof appRouter.createCaller>
  dataFolder: string
  connection: ClientConfig
}

export interface TestAppOptions {
  providers?: Providers
  /** More configuration, by the names of .env.example. */
  env?: Record<string, string>
  /** What the person does in the desktop's dialogs; a terminal's desktop, which has none, without it. */
  desktop?: Partial<Desktop>
  /** Another app whose database this one shares, with a data folder of its own. */
  beside?: TestApp
  /** Of its database; that of the server without it. */
  locale?: TestDatabaseOptions['locale']
}

export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = options.beside ? null : await createTestDatabase({ locale: options.locale })
  const connection = options.beside?.connection ?? database?.connection ?? {}
  const dataFolder = await mkdtemp(path.join(tmpdir(), 'rangers-test-'))
  await plantEnvironment(options.env ?? {})
  const config = loadConfig({
    env: {
      DATABASE_URL: urlOf(connection),
      RANGERS_DATA_DIR: dataFolder,
      DATABASE_POOL_SIZE: '4',
      RANGERS_PERMISSION_MODE: 'trusted', // tests of policies choose another
      ...options.env,
    },
    cwd: dataFolder,
  })
  const app = await openApp({
    config,
    version: '0.0.0-test',
    root: process.cwd(),
    desktop: { ...terminalDesktop, ...options.desktop },
    watchdog: null,
    ...(options.providers ? { providers: options.providers } : {}),
    signal: AbortSignal.timeout(60_000),
  })
  return {
    ctx: app.ctx,
    api: appRouter.createCaller(app.ctx),
    dataFolder,
    connection,
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]()
      await database?.close()
      await keepLogs(config.dataFolder)
      await rm(dataFolder, { recursive: true, force: true })
    },
  }
}

import { startWatchdog, type Watchdog, type WatchdogOptions } from '#db/embedded/watchdog-process.ts'
import type { Shutdown } from './shutdown.ts'

export interface WatchOverOptions extends WatchdogOptions {
  onLost: (reason: string) => void
}

/** By then the first screen is drawn, in milliseconds. */
const QUIET_MS = 1500

/**
 * Has this app watched over until it ends. First in, last out: the watchdog guards the start and the end of the app's own
 * server as well. Where the server is somebody else's, it comes in a quiet moment after the start, for starting a process
 * keeps the first screen waiting; what is returned has it come at once, and resolves when it is there or cannot come: before
 * the first process of an agent.
 */
export async function watchOver(
  parts: Shutdown,
  options: WatchOverOptions | null,
): Promise<() => Promise<void>> {
  if (!options) return async () => {}
  if (options.dataFolder !== undefined) {
    parts.use(await startWatchdog(options))
    return async () => {}
  }
  let watchdog: Promise<Watchdog | null> | undefined
  let isClosed = false
  const start = async () => {
    if (isClosed) return
    watchdog ??= startWatchdog(options).catch((error: unknown) => {
      watchdog = undefined // the next agent tries again
      options.onLost(error instanceof Error ? error.message : String(error))
      return null
    })
    await watchdog
  }
  const timer = setTimeout(start, QUIET_MS)
  parts.defer(async () => {
    isClosed = true
    clearTimeout(timer)
    await (await watchdog)?.close()
  })
  return start
}

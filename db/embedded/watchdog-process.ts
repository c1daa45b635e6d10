import { spawn } from 'node:child_process'
import { once } from 'node:events'

export interface WatchdogOptions {
  instanceId: string
  /** The embedded server's folder; left out where the database is somebody else's server. */
  dataFolder?: string
  /** What runs the program: Node, or Electron together with ELECTRON_RUN_AS_NODE=1 in `environment`. */
  command: string
  /** Up to and including the path of watchdog.js. */
  args: string[]
  /** All variables of the watchdog. It needs none of the app's, and must not carry RANGERS_INSTANCE_ID. */
  environment?: Record<string, string>
  /** It ended although nobody closed it: an app that dies now leaves its processes behind. */
  onLost?: (reason: string) => void
}

export interface Watchdog extends AsyncDisposable {
  pid: number
  /** Tells it that this app ends in order, and waits for it to go. */
  close(): Promise<void>
}

/** Starts the process that cleans up when this one dies without warning. Rejects when it cannot be started. */
export async function startWatchdog(options: WatchdogOptions): Promise<Watchdog> {
  const { command, args, instanceId, dataFolder, environment = {} } = options
  const folder = dataFolder === undefined ? [] : ['--data-folder', dataFolder]
  const child = spawn(command, [...args, '--instance', instanceId, ...folder], {
    detached: true, // a Ctrl-C in the terminal is for the app, which then ends in order
    stdio: ['pipe', 'ignore', 'ignore'],
    env: environment,
    windowsHide: true,
  })
  child.stdin.on('error', () => {}) // it is gone: `exit` tells
  await once(child, 'spawn')
  let isClosing = false
  const ended = new Promise<void>((resolve) => {
    child.once('exit', (code, signal) => {
      if (!isClosing) options.onLost?.(`The watchdog ended with ${signal ?? code}`)
      resolve()
    })
  })
  const close = async () => {
    isClosing = true
    child.stdin.end('quit\n')
    await ended
  }
  return { pid: child.pid ?? 0, close, [Symbol.asyncDispose]: close }
}

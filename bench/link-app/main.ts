import path from 'node:path'
import { app, ipcMain, protocol } from 'electron'
import { APP_ORIGIN, APP_SCHEME, registerAppProtocol } from '#electron/app-protocol.ts'
import { createRingLog } from '#electron/events/ring-log.ts'
import { settleGraphics } from '#electron/graphics.ts'
import { acceptPorts } from '#electron/ipc/electron-port.ts'
import { isAppWindow, openWindow } from '#electron/window.ts'
import { DEFAULT_FIRST_LOOK } from '#shared/first-look.ts'
import { RESULT_MARK } from '../electron-app.ts'
import { benchRouter } from './router.ts'
import { type BenchEvent, EVENT_TEXT, RAW_CHANNEL, RESULT_CHANNEL, smallAnswer, snapshot } from './shapes.ts'

if (process.env.BENCH_USER_DATA) app.setPath('userData', process.env.BENCH_USER_DATA)
app.commandLine.appendSwitch('js-flags', '--expose-gc')
protocol.registerSchemesAsPrivileged([APP_SCHEME])

const EVENTS_PER_MS = 10
const log = createRingLog<BenchEvent>(40_000)

/** Appends at an even rate from now on, making up for late timers. */
function startEvents(): void {
  const start = performance.now()
  let sent = 0
  setInterval(() => {
    const due = Math.floor((performance.now() - start) * EVENTS_PER_MS)
    for (; sent < due; sent++) log.append({ at: performance.now(), seq: sent, text: EVENT_TEXT })
  }, 1)
}

const small = smallAnswer()
const large = snapshot()
ipcMain.handle(RAW_CHANNEL, (_event, what) => (what === 'small' ? small : large))
ipcMain.on(RESULT_CHANNEL, (_event, result) => {
  process.stdout.write(`${RESULT_MARK}${JSON.stringify(result)}\n`, () => app.exit())
})

settleGraphics(app)
void app.whenReady().then(() => {
  void registerAppProtocol(protocol, path.join(import.meta.dirname, 'renderer'))
  acceptPorts({
    router: benchRouter,
    createContext: () => ({ log, startEvents }),
    origins: [APP_ORIGIN],
    isTrusted: isAppWindow,
  })
  openWindow({
    look: { ...DEFAULT_FIRST_LOOK, theme: 'light' },
    preload: path.join(import.meta.dirname, 'preload.cjs'),
  })
})

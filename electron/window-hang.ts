import type { WebContents } from 'electron'

const BEAT_MS = 1000
/** A page is built in less than one; what a machine sleeps, or this process is busy, does not count. */
const MOST_BEATS = 10

/**
 * Ends the process of a page that does not get built: it shows nothing, and hears nothing. Chromium's main thread can wait for
 * ever for a frame when graphics fail in the moment of the first one. Who looks after crashes loads it anew.
 */
export function endHungLoads(contents: WebContents): void {
  let timer: NodeJS.Timeout | undefined
  const stop = () => clearInterval(timer)
  contents.on('did-navigate', () => {
    stop()
    let beats = 0
    timer = setInterval(() => {
      beats += contents.isDevToolsOpened() ? 0 : 1 // somebody may have stopped it there
      if (beats < MOST_BEATS) return
      stop()
      contents.forcefullyCrashRenderer()
    }, BEAT_MS)
  })
  contents.on('dom-ready', stop)
  contents.on('did-fail-load', stop)
  contents.on('render-process-gone', stop)
  contents.on('destroyed', stop)
}

/** A window that is not seen draws no frames: then it is not waited for one for longer than this, in milliseconds. */
const LONGEST_MS = 100

/**
 * Does the work once what has changed by now is on the screen, and nothing else is to be done there. What it returns does the
 * work at once, if it is still to come.
 */
export function afterPaint(work: () => void): () => void {
  let isDone = false
  const run = () => {
    if (isDone) return
    isDone = true
    cancelAnimationFrame(frame)
    clearTimeout(limit)
    work()
  }
  const frame = requestAnimationFrame(() => requestIdleCallback(run, { timeout: LONGEST_MS }))
  const limit = setTimeout(run, LONGEST_MS)
  return run
}

/**
 * Aborts when nothing was heard for `idleMs` times what `patience` says at that moment, give or take one `idleMs`;
 * infinite patience starts the count anew.
 */
export function watchSilence(
  controller: AbortController,
  idleMs: number,
  patience: () => number,
): { alive: () => void; stop: () => void } {
  let quiet = 0
  const timer = setInterval(() => {
    quiet += 1
    const most = patience()
    if (most === Number.POSITIVE_INFINITY) quiet = 0
    else if (quiet >= most) controller.abort()
  }, idleMs)
  return {
    alive: () => {
      quiet = 0
    },
    stop: () => clearInterval(timer),
  }
}

/** Resolves with the signal. */
export function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}

/** Silence is taken for trouble after so many times the idle limit: an agent says nothing while its model thinks. */
export const AGENT_PATIENCE = 3
/** A tool may run for long without a word. */
export const TOOL_PATIENCE = 20

import { setImmediate as nextTurn } from 'node:timers/promises'

/** The warnings of too many listeners on one signal or emitter while `work` is done. */
export async function listenerWarnings(work: () => Promise<unknown>): Promise<string[]> {
  const told: string[] = []
  const hear = (warning: Error) => {
    if (warning.name === 'MaxListenersExceededWarning') told.push(`${warning.message}\n${warning.stack}`)
  }
  process.on('warning', hear)
  try {
    await work()
    await nextTurn() // warnings are told in a turn of their own
  } finally {
    process.off('warning', hear)
  }
  return told
}

/** The promise, or the signal's reason; what comes too late is given to `discard`. */
export function unlessAborted<T>(
  promise: Promise<T>,
  signal: AbortSignal,
  discard: (late: T) => unknown,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const end = () => {
      reject(signal.reason)
      promise.then(discard, () => undefined)
    }
    signal.addEventListener('abort', end, { once: true })
    promise
      .then((value) => !signal.aborted && resolve(value), reject)
      .finally(() => signal.removeEventListener('abort', end))
  })
}

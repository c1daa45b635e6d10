const underWay = new Set<Promise<unknown>>()

/**
 * Keeps this window open until the work is done, though somebody closes it meanwhile. The answer false, or an error: it was
 * not done, and the person is told why; for that, too, the window stays.
 */
export function holdWindow<T>(work: Promise<T>): Promise<T> {
  if (underWay.size === 0) listen('addEventListener')
  underWay.add(work)
  const forget = () => {
    if (underWay.delete(work) && underWay.size === 0) listen('removeEventListener')
  }
  void work.then(forget, forget)
  return work
}

/** Waits for all work, also for what begins meanwhile; whether all of it was done. */
async function workDone(): Promise<boolean> {
  let isDone = true
  while (underWay.size > 0) {
    const results = await Promise.allSettled(underWay)
    isDone &&= results.every((result) => result.status === 'fulfilled' && result.value !== false)
  }
  return isDone
}

// electron/window-work.ts asks, when it was kept from closing the window.
if (typeof window !== 'undefined') window.rangersWork = workDone

function listen(change: 'addEventListener' | 'removeEventListener'): void {
  if (typeof window !== 'undefined') window[change]('beforeunload', stay)
}

function stay(event: Event): void {
  event.preventDefault()
}

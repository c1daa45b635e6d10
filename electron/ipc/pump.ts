/** How a pump ended: the source ran dry, or the subscription was cancelled. A source that throws makes `run` reject. */
export type PumpEnd = 'done' | 'cancelled'

export interface Pump {
  /** Lets `n` more events through; what is granted but unused never exceeds the cap. */
  grant(n: number): void
  /** Pulls the source for as long as there is credit. Never calls `next()` without. */
  run(source: AsyncIterator<unknown>): Promise<PumpEnd>
}

export interface PumpOptions {
  credit: number
  maxCredit: number
  signal: AbortSignal
  emit(value: unknown): void
  /** Called before the pump sleeps for want of credit, so that nothing is held back meanwhile. */
  starved(): void
}

/** Moves events from a source to the wire, no faster than the window handles them. */
export function createPump({ credit: initial, maxCredit, signal, emit, starved }: PumpOptions): Pump {
  let credit = clamp(initial, maxCredit)
  // One slot for whatever the pump sleeps on. Promise.race against one long-lived abort promise would leave a
  // reaction behind for every event.
  let wake: (() => void) | null = null
  signal.addEventListener('abort', () => wake?.(), { once: true })

  async function refilled(): Promise<void> {
    starved()
    while (credit <= 0 && !signal.aborted) {
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    wake = null
  }

  function nextOrCancelled(source: AsyncIterator<unknown>): Promise<IteratorResult<unknown> | null> {
    return new Promise((resolve, reject) => {
      wake = () => {
        if (signal.aborted) resolve(null)
      }
      source.next().then(resolve, (cause) => (signal.aborted ? resolve(null) : reject(cause)))
    })
  }

  return {
    grant(n) {
      credit = clamp(credit + Math.max(0, n), maxCredit)
      if (credit > 0) wake?.()
    },
    async run(source) {
      for (;;) {
        if (credit <= 0) await refilled()
        if (signal.aborted) return 'cancelled'
        const next = await nextOrCancelled(source)
        if (next === null) return 'cancelled'
        if (next.done) return signal.aborted ? 'cancelled' : 'done'
        credit--
        emit(next.value)
      }
    },
  }
}

function clamp(credit: number, max: number): number {
  return Math.min(Math.max(0, credit), max)
}

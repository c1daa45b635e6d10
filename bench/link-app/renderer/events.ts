import type { TRPCClient } from '@trpc/client'
import type { BenchRouter } from '../router.ts'

const SUBSCRIBERS = 5
const WARM_UP = 10_000
const WINDOW = 5_000
const WINDOWS = 12

export interface EventTimes {
  /** Milliseconds from append to observer, all subscribers together, for each half second. */
  windows: number[][]
  /** Subscribers that were overrun and told to start anew. Each means lost events. */
  resets: number
  /** Events a second that a subscriber got. */
  rate: number
}

/** Delivery of 10,000 events a second to five subscribers: a second of warm-up, then six seconds. */
export async function measureEvents(trpc: TRPCClient<BenchRouter>): Promise<EventTimes> {
  const offset = await clockOffset(trpc)
  const times: EventTimes = { windows: Array.from({ length: WINDOWS }, () => []), resets: 0, rate: 0 }
  const subscribers = Array.from({ length: SUBSCRIBERS }, () => subscribe(trpc, offset, times))
  await trpc.startEvents.mutate()
  const seconds = await Promise.all(subscribers)
  return {
    windows: times.windows.map(thin),
    resets: times.resets,
    rate: (WINDOW * WINDOWS) / Math.max(...seconds),
  }
}

/** Adds one subscriber's deliveries to the times. Resolves with the seconds that the measured events took. */
function subscribe(trpc: TRPCClient<BenchRouter>, offset: number, times: EventTimes): Promise<number> {
  return new Promise((resolve, reject) => {
    let seen = -WARM_UP
    let start = 0
    const subscription = trpc.events.subscribe(undefined, {
      onError: reject,
      onData({ data }) {
        const now = performance.now() + offset
        if (data === null) times.resets++
        else times.windows[Math.floor(seen / WINDOW)]?.push(now - data.at)
        if (++seen === 0) start = now
        if (seen < WINDOW * WINDOWS) return
        subscription.unsubscribe()
        resolve((now - start) / 1000)
      },
    })
  })
}

/** What to add to this page's clock to get the main process's: from the quickest of many round trips. */
async function clockOffset(trpc: TRPCClient<BenchRouter>): Promise<number> {
  let best = { trip: Number.POSITIVE_INFINITY, offset: 0 }
  for (let n = 0; n < 200; n++) {
    const sent = performance.now()
    const there = await trpc.clock.query()
    const trip = performance.now() - sent
    if (trip < best.trip) best = { trip, offset: there - (sent + trip / 2) }
  }
  return best.offset
}

/** Every tenth in order of size: quantiles stay, the message to main gets small. */
function thin(samples: number[]): number[] {
  return samples.sort((a, b) => a - b).filter((_, index) => index % 10 === 0)
}

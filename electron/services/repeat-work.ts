import { setTimeout as delay } from 'node:timers/promises'
import type { DatabaseLog } from '#db/log.ts'

export interface RepeatedWork {
  /** What it is, for the log when a turn fails: `trash`. */
  name: string
  log: Pick<DatabaseLog, 'warn'>
  /** The start of the app must not wait for it. */
  firstMs: number
  everyMs: number
  work(signal: AbortSignal): Promise<unknown>
}

/** Does something now and then while the app runs. A turn that fails is logged, and the next one comes all the same. */
export function repeatWork({ name, log, firstMs, everyMs, work }: RepeatedWork): AsyncDisposable {
  const closing = new AbortController()
  const { signal } = closing
  const done = loop().catch(() => {}) // the wait was ended
  async function loop(): Promise<void> {
    await delay(firstMs, undefined, { signal, ref: false })
    for (;;) {
      try {
        await work(signal)
      } catch (error) {
        if (!signal.aborted) log.warn({ event: `${name}_failed`, err: error }, 'is tried again later')
      }
      await delay(everyMs, undefined, { signal, ref: false })
    }
  }
  return {
    async [Symbol.asyncDispose]() {
      closing.abort()
      await done
    },
  }
}

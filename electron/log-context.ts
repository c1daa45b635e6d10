import { AsyncLocalStorage } from 'node:async_hooks'

/** What every line says that is written while a call or a run is under way, however deep. */
export interface LogContext {
  correlation_id: string
  execution_id?: string
}

const storage = new AsyncLocalStorage<LogContext>()

export function logContext(): LogContext | undefined {
  return storage.getStore()
}

/** Runs `work`, and all that it starts, in a context. */
export function inLogContext<T>(context: LogContext, work: () => T): T {
  return storage.run(context, work)
}

/** A generator goes on in the context of whoever asks it for more: this one goes on in its own. */
export async function* eachInLogContext<T>(
  context: LogContext,
  source: AsyncIterable<T>,
): AsyncGenerator<T, void> {
  const iterator = inLogContext(context, () => source[Symbol.asyncIterator]())
  try {
    for (;;) {
      const next = await inLogContext(context, () => iterator.next())
      if (next.done) return
      yield next.value
    }
  } finally {
    await inLogContext(context, () => iterator.return?.())
  }
}

import { toAppError } from '#db/error.ts'
import { UnavailableError } from '#shared/errors.ts'
import type { DatabaseState } from '#shared/health.ts'
import type { Logger } from '../log.ts'

export interface DatabaseWatchOptions {
  isEmbedded: boolean
  now: () => Date
  log: Logger
  /** The pool, which refuses calls at once while the database is lost. */
  pool: { suspend(reason: Error): void; resume(): void }
  /** Looks now whether the database answers. */
  check: () => Promise<boolean>
}

/** Knows whether the database answers: told so by the one connection that always listens to it. */
export class DatabaseWatch {
  readonly #options: DatabaseWatchOptions
  readonly #watchers = new Set<() => void>()
  #state: DatabaseState = { status: 'answers' }

  constructor(options: DatabaseWatchOptions) {
    this.#options = options
  }

  get state(): DatabaseState {
    return this.#state
  }

  /** The database does not answer (still, or for another reason than before). */
  lost(error: unknown): void {
    const { isEmbedded, now, log, pool } = this.#options
    const reason = reasonOf(error)
    const isNew = this.#state.status === 'answers'
    if (this.#state.status === 'lost' && this.#state.reason === reason.message) return
    const since = this.#state.status === 'lost' ? this.#state.since : now()
    log.warn({ event: 'database_lost', reason: reason.message, err: error }, 'the database does not answer')
    if (isNew) pool.suspend(reason)
    this.#enter({ status: 'lost', since, is_embedded: isEmbedded, reason: reason.message })
  }

  answers(): void {
    if (this.#state.status === 'answers') return
    const { now, log, pool } = this.#options
    const seconds = Math.round((now().getTime() - this.#state.since.getTime()) / 1000)
    log.info({ event: 'database_back', seconds }, 'the database answers again')
    pool.resume()
    this.#enter({ status: 'answers' })
  }

  /** Looks at once, instead of with the next turn. */
  async look(): Promise<DatabaseState> {
    await this.#options.check()
    return this.#state
  }

  /** The present state, and each one that follows, until the signal aborts. */
  async *follow(signal: AbortSignal): AsyncGenerator<DatabaseState> {
    while (!signal.aborted) {
      const state = this.#state
      yield state
      if (this.#state === state) await this.#changed(signal)
    }
  }

  /** Resolves when the database answers: at once, or when it is back. Rejects when the signal aborts. */
  async untilAnswers(signal: AbortSignal): Promise<void> {
    while (this.#state.status === 'lost') {
      await this.#changed(signal)
      signal.throwIfAborted()
    }
  }

  #changed(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      if (signal.aborted) return resolve()
      const done = () => {
        this.#watchers.delete(done)
        signal.removeEventListener('abort', done)
        resolve()
      }
      this.#watchers.add(done)
      signal.addEventListener('abort', done, { once: true })
    })
  }

  #enter(state: DatabaseState): void {
    this.#state = state
    for (const watcher of [...this.#watchers]) watcher()
  }
}

/** As the refusal of a call that comes meanwhile. */
function reasonOf(cause: unknown): UnavailableError {
  const known = toAppError(cause)
  if (known instanceof UnavailableError) return known
  return new UnavailableError('DATABASE_UNAVAILABLE', SILENT, { cause })
}

const SILENT =
  'The database does not answer, so nothing was changed. Try again when it is back; if this stays, see the log.'

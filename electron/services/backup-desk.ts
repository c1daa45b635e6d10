import type { OnProgress } from '#db/backup/format.ts'
import type { BackupWork } from '#shared/backup.ts'
import { RefusedError } from '#shared/errors.ts'

/** What is at work for a task, and how it tells how far it is. */
export interface DeskTask {
  /** Aborts when the caller goes, or somebody cancels. */
  signal: AbortSignal
  /** Progress of a stage. */
  at(stage: BackupWork['stage']): OnProgress
}

/** The one backup or restore that this app makes at a time: every window sees how far it is, and each may cancel it. */
export class BackupDesk {
  readonly #watchers = new Set<() => void>()
  #work: BackupWork | null = null
  #cancel: AbortController | null = null

  /** Does the work, unless another is under way. Rejects with the reason of `signal`, or an AbortError when cancelled. */
  async run<T>(
    task: BackupWork['task'],
    signal: AbortSignal,
    work: (task: DeskTask) => Promise<T>,
  ): Promise<T> {
    if (this.#work) throw new RefusedError('BACKUP_AT_WORK', BUSY)
    const cancel = new AbortController()
    this.#cancel = cancel
    this.#tell({ task, stage: 'backup', step: 'copy', done: 0, total: 0, can_cancel: true })
    try {
      return await work({
        signal: AbortSignal.any([signal, cancel.signal]),
        at: (stage) => (progress) =>
          this.#tell({ task, stage, ...progress, can_cancel: progress.step !== 'swap' }),
      })
    } catch (error) {
      if (cancel.signal.aborted) throw new RefusedError('CANCELLED', CANCELLED[task], {}, { cause: error })
      throw error
    } finally {
      this.#cancel = null
      this.#tell(null)
    }
  }

  /** Nothing is left of what is cancelled. False when nothing is under way, or when it cannot be stopped any more. */
  cancel(): boolean {
    if (!this.#work?.can_cancel) return false
    this.#cancel?.abort(new DOMException('Cancelled', 'AbortError'))
    return true
  }

  /** Those who follow look at the list of backups again: one was made that nobody had asked for. */
  tellMade(): void {
    this.#tell(this.#work)
  }

  /** What is under way, now and whenever it has changed; who is slow misses what lies between. */
  async *follow(signal: AbortSignal): AsyncGenerator<BackupWork | null> {
    let ring = () => {}
    const watcher = () => ring()
    this.#watchers.add(watcher)
    signal.addEventListener('abort', watcher)
    try {
      while (!signal.aborted) {
        const next = new Promise<void>((resolve) => {
          ring = resolve
        })
        yield this.#work
        await next
      }
    } finally {
      signal.removeEventListener('abort', watcher)
      this.#watchers.delete(watcher)
    }
  }

  #tell(work: BackupWork | null): void {
    this.#work = work
    for (const watcher of this.#watchers) watcher()
  }
}

const BUSY = 'A backup or a restore is under way. Wait until it is done, or cancel it.'
const CANCELLED = {
  backup: 'The backup was cancelled. Nothing was kept of it.',
  restore: 'The restore was cancelled. Nothing was changed.',
} as const

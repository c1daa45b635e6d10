import type { QueuedExecution } from '#shared/execution.ts'
import type { BoardId, ExecutionId } from '#shared/ids.ts'
import { watchTopics } from '../events/watch-topics.ts'
import type { OrchestratorContext } from './run-context.ts'
import { type Limits, schedule } from './schedule.ts'
import { readTurns } from './turns.ts'

export interface PlannedWork {
  /** What waits for its turn, in the order in which it came. */
  queue: ReadonlyMap<ExecutionId, unknown>
  running: ReadonlyMap<ExecutionId, unknown>
  /** Asked anew each time: a person may change them. */
  limits: () => Limits
  start(id: ExecutionId): void
}

/** Looks who runs next: when it is told to, and when limits and boards change that somebody waits for. */
export class Planning {
  readonly #ctx: Pick<OrchestratorContext, 'db' | 'wakeups' | 'log'>
  readonly #work: PlannedWork
  readonly #topics: ReturnType<typeof watchTopics>
  #heard: ReadonlySet<BoardId> = new Set()
  /** Of the last look. */
  #waiting: readonly QueuedExecution[] = []
  #looks: Promise<void> = Promise.resolve()
  #isDue = false
  #isClosed = false

  constructor(ctx: Pick<OrchestratorContext, 'db' | 'wakeups' | 'log'>, work: PlannedWork) {
    this.#ctx = ctx
    this.#work = work
    // Limits are changed, cards leave columns: on this computer or another.
    this.#topics = watchTopics(ctx.wakeups, () => {
      if (work.queue.size > 0) this.look()
    })
    this.#listenTo([])
  }

  /** What waits, in its order, with why. */
  get waiting(): QueuedExecution[] {
    return this.#waiting.filter(({ execution_id }) => this.#work.queue.has(execution_id))
  }

  /** One look at a time; the heart looks again, also when the database was away. */
  look(): void {
    if (this.#isDue) return // what is new is seen by the look that is about to begin
    this.#isDue = true
    this.#looks = this.#looks
      .then(() => this.#startDue())
      .catch((error: unknown) => {
        this.#ctx.log.warn({ err: error }, 'who runs next could not be decided')
      })
  }

  /** Resolves when the looks that have been asked for are over. */
  settled(): Promise<void> {
    return this.#looks
  }

  /** Nobody is started any more. */
  close(): void {
    this.#isClosed = true
    this.#topics[Symbol.dispose]()
  }

  async #startDue(): Promise<void> {
    this.#isDue = false
    if (this.#isClosed) return
    const { queue, running, limits, start } = this.#work
    const turns = await readTurns(this.#ctx.db, [...queue.keys(), ...running.keys()])
    if (this.#isClosed) return
    const known = (ids: Iterable<ExecutionId>) => [...ids].flatMap((id) => turns.get(id) ?? [])
    const plan = schedule(known(queue.keys()), known(running.keys()), limits())
    this.#waiting = plan.waiting
    // A board that changes makes nobody start while there is no place at all.
    const isOpen = running.size + plan.start.length < limits().all
    this.#listenTo(isOpen ? plan.waiting.flatMap(({ execution_id: id }) => turns.get(id)?.boardId ?? []) : [])
    for (const id of plan.start) start(id)
  }

  #listenTo(ids: readonly BoardId[]): void {
    const boards = new Set(ids)
    if (ids.some((id) => !this.#heard.has(id))) this.look() // what has changed before it was listened to
    this.#heard = boards
    this.#topics.watch(['limits', ...[...boards].map((id) => `board:${id}` as const)])
  }
}

import type { AnswerApproval } from '#shared/approval.ts'
import type { CardPage, ListCards, OpenBoard, OpenedBoard } from '#shared/board.ts'
import type { BoardEvent } from '#shared/board-event.ts'
import type { ExecutionLimit, ModelPrice, SetModelPrice } from '#shared/budget.ts'
import type { ClarificationQuestion } from '#shared/clarification.ts'
import type { Column } from '#shared/column.ts'
import type { Comment } from '#shared/comment.ts'
import type { HalfMerged, MergePreview, RevertPreview } from '#shared/diff.ts'
import { NotFoundError, RefusedError, VersionConflictsError } from '#shared/errors.ts'
import type { Check } from '#shared/health.ts'
import type { ColumnId, TaskId } from '#shared/ids.ts'
import { calculateOrder, compareByOrder } from '#shared/order.ts'
import type { CredentialStatus, KeyTrial } from '#shared/provider.ts'
import type {
  ChangeTasks,
  CreateTask,
  MoveTask,
  Task,
  TaskCard,
  TaskChange,
  UpdateTask,
} from '#shared/task.ts'
import { toTaskCard } from '#shared/task.ts'
import type { Purged, TrashItem } from '#shared/trash.ts'
import { column, LEFT, openedBoard, RIGHT, task } from '../../unit/renderer/fixtures.ts'
import { MemoryInbox } from './memory-inbox.ts'

/** A procedure whose answers wait. */
interface Held {
  waiting: number
  opened: Promise<void>
  release: () => void
}

interface Stored extends Task {
  isTrashed?: boolean
}

/** A board as the app keeps it, without a database: by version, with limits, and with the events of what changes. */
export class MemoryBoard {
  readonly columns: Column[]
  readonly cards: Map<TaskId, Stored>
  readonly answered: AnswerApproval[] = []
  mergePreview: MergePreview = { state: 'ready', base_branch: 'main', commits: 1 }
  revertPreview: RevertPreview = { state: 'ready', base_branch: 'main', commits: 1, files: ['sum.js'] }
  readonly inbox = new MemoryInbox()
  credential: CredentialStatus = {
    provider: 'anthropic',
    source: 'stored',
    can_store: true,
    proof: 'untried',
  }
  /** What the API answers to the key. */
  trial: KeyTrial = { state: 'works', models: 2 }
  /** What models cost. */
  prices: ModelPrice[] = []
  halfMerged: HalfMerged[] = []
  git: Check = { name: 'git', state: 'ok', found: '2.47.1', fix: null }
  unpriced: string[] = []

  /** What bounds the calls of runs. */
  limits: ExecutionLimit[] = []
  /** What was said to agents: messages, answers, reviews. */
  readonly said: unknown[] = []
  readonly questions: ClarificationQuestion[] = []
  readonly comments: Comment[] = []
  /** Why no card is taken; null: they are. */
  refusal: string | null = null
  /** What else the board has: labels, links. */
  readonly more: Partial<OpenedBoard> = {}
  readonly #events: { id: string; message: BoardEvent }[] = []
  readonly #held = new Map<string, Held>()
  #wake: (() => void) | null = null

  constructor(cards: readonly Task[] = [task(1), task(2), task(3)], columns?: readonly Column[]) {
    this.columns = [...(columns ?? [column(LEFT, 1), column(RIGHT, 2)])]
    this.cards = new Map(cards.map((card) => [card.id, card]))
  }

  in(columnId: ColumnId): Stored[] {
    return this.#live()
      .filter((card) => card.column_id === columnId)
      .toSorted(compareByOrder)
  }

  open({ per_column }: Pick<OpenBoard, 'per_column'>): OpenedBoard {
    const lists = this.columns.map(({ id }) => ({ column_id: id, cards: this.in(id) }))
    return openedBoard({
      ...this.more,
      columns: this.columns,
      counts: lists.map(({ column_id, cards }) => ({ column_id, count: cards.length })),
      tasks: lists.flatMap(({ cards }) => cards.slice(0, per_column).map(toTaskCard)),
      last_event_id: String(this.#events.length),
    })
  }

  page({ after, limit }: Pick<ListCards, 'after' | 'limit'>): CardPage {
    const left = this.#live()
      .filter(({ number }) => number > after)
      .toSorted((a, b) => a.number - b.number)
    const tasks = left.slice(0, limit)
    return {
      tasks: tasks.map(toTaskCard),
      executions: [],
      next: left.length > limit ? (tasks.at(-1)?.number ?? null) : null,
    }
  }

  get(id: TaskId): Stored {
    const card = this.cards.get(id)
    if (!card) throw new NotFoundError('Task', id)
    return card
  }

  /** Lets the answers of a procedure wait; the procedure has done its work by then. */
  hold(path: string): Held {
    let open = () => {}
    const opened = new Promise<void>((resolve) => {
      open = resolve
    })
    const held: Held = {
      waiting: 0,
      opened,
      release: () => {
        this.#held.delete(path)
        open()
      },
    }
    this.#held.set(path, held)
    return held
  }

  /** The answer, when it may go. */
  async answer<T>(path: string, value: T): Promise<T> {
    const held = this.#held.get(path)
    if (held) held.waiting += 1
    await held?.opened
    return value
  }

  setPrice(price: SetModelPrice): void {
    if (this.refusal) throw new RefusedError('REFUSED', this.refusal)
    const others = this.prices.filter(({ model }) => model !== price.model)
    const set = { ...price, as_of: '2026-02-03', is_edited: true }
    this.prices = [...others, set].sort((a, b) => a.model.localeCompare(b.model))
    this.unpriced = this.unpriced.filter((model) => model !== price.model)
  }

  create({ force, ...values }: CreateTask): Task {
    if (this.refusal) throw new RefusedError('REFUSED', this.refusal)
    const { board_id, column_id, title, priority = null, description = null } = values
    this.#keepLimit(column_id, 1, force)
    const number = Math.max(0, ...[...this.cards.values()].map((card) => card.number)) + 1
    const order = calculateOrder(this.in(column_id).at(-1)?.order ?? null, null)
    const made = task(number, { board_id, column_id, title, order, priority, description })
    return this.#put(made, 'task_created')
  }

  update({ id, version, ...set }: UpdateTask): Task {
    return this.#change([{ id, set, ...(version !== undefined && { version }) }], false)[0] as Task
  }

  move({ id, column_id, order, version, force }: MoveTask): Task {
    return this.#change([{ id, version, place: { column_id, order } }], force)[0] as Task
  }

  change({ changes, force }: Pick<ChangeTasks, 'changes' | 'force'>): Task[] {
    return this.#change(changes, force)
  }

  /** What somebody else does to a card. */
  asOther(id: TaskId, set: Partial<Task>): void {
    this.asOtherUnheard(id, set)
    this.#tell('task_updated', this.get(id))
  }

  /** The same, before this window hears of it. */
  asOtherUnheard(id: TaskId, set: Partial<Task>): void {
    const before = this.get(id)
    this.cards.set(id, { ...before, ...set, version: before.version + 1 })
  }

  /** A card that somebody else writes. */
  otherCreates(card: Task): void {
    this.#put(card, 'task_created')
  }

  /** Somebody else deletes a card. */
  otherTakesAway(id: TaskId): void {
    this.#put({ ...this.get(id), isTrashed: true }, 'task_deleted')
  }

  /** What was deleted, newest first. */
  trash(): TrashItem[] {
    const items = [...this.cards.values()].filter(({ isTrashed }) => isTrashed)
    return items.toReversed().map(({ id, board_id, number, title }) => ({
      kind: 'task',
      id,
      board_id,
      board_name: 'Garden',
      name: title,
      key: `GAR-${number}`,
      card_count: 0,
      deleted_at: new Date(0),
      deleted_by: null,
    }))
  }

  restore(id: TaskId, force = false): Task {
    const card = this.get(id)
    this.#keepLimit(card.column_id, 1, force)
    return this.#put({ ...card, isTrashed: false }, 'task_created')
  }

  purge(ids: readonly TaskId[]): Purged {
    for (const id of ids) this.cards.delete(id)
    return { boards: 0, columns: 0, tasks: ids.length, stayed: [] }
  }

  archived(): TaskCard[] {
    return [...this.cards.values()].filter(({ archived_at }) => archived_at !== null).map(toTaskCard)
  }

  async *events(lastEventId: string, signal: AbortSignal) {
    let next = Number(lastEventId)
    while (!signal.aborted) {
      yield* this.#events.slice(next)
      next = this.#events.length
      await new Promise<void>((resolve) => {
        this.#wake = resolve
        signal.addEventListener('abort', () => resolve(), { once: true })
      })
    }
  }

  #change(changes: readonly TaskChange[], force = false): Task[] {
    const stale = changes.flatMap(({ id, version }) => {
      const { version: server_version } = this.get(id)
      return version === undefined || version === server_version
        ? []
        : [{ id, server_version, client_version: version }]
    })
    if (stale.length > 0) throw new VersionConflictsError(stale)
    for (const { id } of this.columns) {
      const came = changes.filter(
        (one) => one.place?.column_id === id && this.get(one.id).column_id !== id,
      ).length
      this.#keepLimit(id, came, force)
    }
    return changes.map(({ id, set, place, trashed, archived }) => {
      const before = this.get(id)
      const after: Stored = {
        ...before,
        ...(Object.fromEntries(Object.entries(set ?? {})) as Partial<Task>),
        ...place,
        ...(trashed !== undefined && { isTrashed: trashed }),
        ...(archived !== undefined && { archived_at: archived ? before.updated_at : null }),
        version: before.version + (set || place ? 1 : 0),
      }
      const isAway = after.isTrashed || after.archived_at !== null
      return this.#put(after, isAway ? 'task_deleted' : 'task_updated')
    })
  }

  #put(card: Stored, type: 'task_created' | 'task_updated' | 'task_deleted'): Task {
    this.cards.set(card.id, card)
    this.#tell(type, card)
    return card
  }

  #tell(type: 'task_created' | 'task_updated' | 'task_deleted', card: Task): void {
    const message: BoardEvent =
      type === 'task_deleted' ? { type, data: { id: card.id } } : { type, data: card }
    this.#events.push({ id: String(this.#events.length + 1), message })
    this.#wake?.()
  }

  #keepLimit(id: ColumnId, came: number, force = false): void {
    const target = this.columns.find((one) => one.id === id)
    const limit = target?.wip_limit ?? 0
    if (limit === 0 || force || came === 0 || this.in(id).length + came <= limit) return
    throw new RefusedError('WIP_LIMIT_EXCEEDED', `“${target?.name}” has a limit of ${limit}.`)
  }

  #live(): Stored[] {
    return [...this.cards.values()].filter((card) => !card.isTrashed && card.archived_at === null)
  }
}

import type { TaskId } from '#shared/ids.ts'
import type { Task, TaskChange } from '#shared/task.ts'
import {
  type CardPort,
  type Clash,
  cardStep,
  createdStep,
  takeBack,
} from '../../../../renderer/lib/undo/card-step.ts'
import {
  type Direction,
  EMPTY_HISTORY,
  type History,
  recorded,
  turned,
} from '../../../../renderer/lib/undo/history.ts'
import { task, taskId } from '../fixtures.ts'

interface Stored extends Task {
  trashed: boolean
}

/** A board as the app keeps it: changes of all cards or none, by version. */
export class Board implements CardPort {
  cards = new Map<TaskId, Stored>(
    [1, 2, 3].map((number) => [taskId(number), { ...task(number), trashed: false }]),
  )
  clashes: Clash[] = []
  isGoingOn = true
  history: History = EMPTY_HISTORY
  lastEntry = 0

  change = async (changes: TaskChange[]): Promise<Task[] | null> => {
    const isStale = changes.some(
      ({ id, version }) => version !== undefined && this.get(id).version !== version,
    )
    if (isStale) return null
    return changes.map(({ id, set, place, trashed, archived }) => {
      const before = this.get(id)
      const after: Stored = {
        ...before,
        ...(set as Partial<Task>),
        ...place,
        ...(trashed !== undefined && { trashed }),
        ...(archived !== undefined && { archived_at: archived ? new Date(0) : null }),
      }
      if (set || place) after.version += 1
      this.cards.set(id, after)
      return after
    })
  }
  read = async (id: TaskId) => this.cards.get(id) ?? null
  goOnWithout = async (clashes: readonly Clash[]) => {
    this.clashes.push(...clashes)
    return this.isGoingOn
  }

  get(id: TaskId): Stored {
    const card = this.cards.get(id)
    if (!card) throw new Error('no such card')
    return card
  }

  async act(changes: TaskChange[]): Promise<void> {
    const before = new Map(this.cards)
    const after = (await this.change(changes)) ?? []
    this.note(cardStep(changes, (id) => before.get(id), after))
  }

  create(number: number): void {
    const card = { ...task(number), trashed: false }
    this.cards.set(card.id, card)
    this.note(createdStep([card]))
  }

  note(step: ReturnType<typeof createdStep>): void {
    this.lastEntry += 1
    this.history = recorded(this.history, { id: this.lastEntry, title: 'did something', step })
  }

  async turn(direction: Direction): Promise<void> {
    const entry = this.history[direction].at(-1)
    if (entry?.step.kind !== 'cards') return
    const step = await takeBack(entry.step, this)
    if (step) this.history = turned(this.history, direction, entry.id, step)
  }

  changeByOthers(id: TaskId, values: Partial<Task>) {
    const before = this.get(id)
    this.cards.set(id, { ...before, ...values, version: before.version + 1 })
    return { id, values }
  }

  /** What can be seen: versions only grow. A card in the trash is not on the board. */
  look() {
    return [...this.cards.values()]
      .filter((card) => !card.trashed)
      .map(({ version: _, ...rest }) => rest)
      .toSorted((a, b) => a.number - b.number)
  }
}

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TaskId } from '#shared/ids.ts'
import type { Task, TaskChange } from '#shared/task.ts'
import {
  type CardPort,
  type Clash,
  cardStep,
  createdStep,
  takeBack,
  takeBackAll,
} from '../../../../renderer/lib/undo/card-step.ts'
import {
  type Direction,
  EMPTY_HISTORY,
  type History,
  recorded,
  turned,
} from '../../../../renderer/lib/undo/history.ts'
import { LEFT, RIGHT, task, taskId, uuid } from '../fixtures.ts'

interface Stored extends Task {
  trashed: boolean
}

/** A board as the app keeps it: changes of all cards or none, by version. */
class Board implements CardPort {
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

const someCards = fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { minLength: 1 })
const action = fc.oneof(
  fc.record({
    kind: fc.constant('set' as const),
    cards: someCards,
    title: fc.string({ minLength: 1, maxLength: 3 }),
  }),
  fc.record({
    kind: fc.constant('priority' as const),
    cards: someCards,
    priority: fc.constantFrom('low' as const, null),
  }),
  fc.record({
    kind: fc.constant('labels' as const),
    cards: someCards,
    count: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({
    kind: fc.constant('move' as const),
    cards: someCards,
    order: fc.integer(),
    right: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('archive' as const), cards: someCards, archived: fc.constant(true) }),
  fc.record({ kind: fc.constant('trash' as const), cards: someCards }),
  fc.record({ kind: fc.constant('create' as const) }),
)
type Action = typeof action extends fc.Arbitrary<infer One> ? One : never

function changeOf(done: Exclude<Action, { kind: 'create' }>, id: TaskId, version: number): TaskChange {
  switch (done.kind) {
    case 'set':
      return { id, version, set: { title: done.title } }
    case 'priority':
      return { id, version, set: { priority: done.priority } }
    case 'labels':
      return {
        id,
        version,
        set: { label_ids: Array.from({ length: done.count }, (_, n) => uuid(900 + n)) as never },
      }
    case 'move':
      return { id, version, place: { column_id: done.right ? RIGHT : LEFT, order: done.order } }
    case 'archive':
      return { id, version, archived: true }
    case 'trash':
      return { id, version, trashed: true }
  }
}

/** On the cards that a person can see; gives whether there was anything to do. */
async function perform(board: Board, done: Action, next: { number: number }): Promise<boolean> {
  if (done.kind === 'create') {
    board.create(next.number)
    next.number += 1
    return true
  }
  const seen = done.cards
    .map((number) => board.get(taskId(number)))
    .filter((one) => !one.trashed && !one.archived_at)
  if (seen.length > 0) await board.act(seen.map(({ id, version }) => changeOf(done, id, version)))
  return seen.length > 0
}

/** What the board looks like after each. */
async function performAll(board: Board, actions: readonly Action[]) {
  const seen: ReturnType<Board['look']>[] = []
  const next = { number: 10 }
  for (const done of actions) if (await perform(board, done, next)) seen.push(board.look())
  return seen
}

async function expectWay(board: Board, direction: Direction, way: readonly ReturnType<Board['look']>[]) {
  for (const look of way) {
    await board.turn(direction)
    expect(board.look()).toEqual(look)
  }
}

const theirs = fc.array(
  fc.record({
    card: fc.integer({ min: 1, max: 3 }),
    values: fc.constantFrom<Partial<Task>>({ title: 'Theirs' }, { due_date: '2026-01-01' }),
  }),
)

describe('undo', () => {
  it('leads back through all that was done, and forth again', () =>
    fc.assert(
      fc.asyncProperty(fc.array(action, { maxLength: 12 }), async (actions) => {
        const board = new Board()
        const seen = [board.look(), ...(await performAll(board, actions))]
        const back = seen.slice(0, -1).toReversed()
        await expectWay(board, 'undo', back)
        await expectWay(board, 'redo', seen.slice(1))
        await expectWay(board, 'undo', back)
        expect(board.clashes).toEqual([])
      }),
    ))

  it('never touches what others have changed meanwhile', () =>
    fc.assert(
      fc.asyncProperty(
        fc.array(action, { minLength: 1, maxLength: 8 }),
        theirs,
        fc.boolean(),
        async (...given) => {
          const [actions, others, isGoingOn] = given
          const board = new Board()
          board.isGoingOn = isGoingOn
          await performAll(board, actions)
          const kept = others.map(({ card, values }) => board.changeByOthers(taskId(card), values))
          for (const _ of actions) await board.turn('undo')
          for (const { id, values } of kept) expect(board.get(id)).toMatchObject(values)
        },
      ),
    ))

  it('takes back the own field of a card of which others have changed another one', async () => {
    const board = new Board()
    await board.act([{ id: taskId(1), version: 1, set: { title: 'Mine' } }])
    await board.change([{ id: taskId(1), set: { priority: 'high' } }])
    await board.turn('undo')
    expect(board.get(taskId(1))).toMatchObject({ title: 'Card 1', priority: 'high' })
    expect(board.clashes).toEqual([])
  })

  it('says what others have changed, and takes back the rest when asked to', async () => {
    const board = new Board()
    await board.act([1, 2].map((number) => ({ id: taskId(number), version: 1, set: { title: 'Mine' } })))
    await board.change([{ id: taskId(1), set: { title: 'Theirs' } }])
    await board.turn('undo')
    expect(board.clashes).toMatchObject([{ now: { title: 'Theirs' }, what: ['title'] }])
    expect(board.get(taskId(1)).title).toBe('Theirs')
    expect(board.get(taskId(2)).title).toBe('Card 2')
    await board.turn('redo')
    expect([board.get(taskId(1)).title, board.get(taskId(2)).title]).toEqual(['Theirs', 'Mine'])
  })

  it('changes nothing when the person leaves it at what others have done', async () => {
    const board = new Board()
    board.isGoingOn = false
    await board.act([1, 2].map((number) => ({ id: taskId(number), version: 1, set: { title: 'Mine' } })))
    await board.change([{ id: taskId(1), set: { title: 'Theirs' } }])
    await board.turn('undo')
    expect(board.get(taskId(2)).title).toBe('Mine')
    expect(board.history.undo).toHaveLength(1)
  })

  it('keeps a card that others have written on since it was created', async () => {
    const board = new Board()
    board.create(7)
    const id = TaskId.parse(taskId(7))
    await board.change([{ id, set: { description: 'Theirs' } }])
    await board.turn('undo')
    expect(board.get(id).trashed).toBe(false)
  })

  it('forgets what was undone once something else is done', async () => {
    const board = new Board()
    await board.act([{ id: taskId(1), version: 1, set: { title: 'One' } }])
    await board.turn('undo')
    await board.act([{ id: taskId(2), version: 1, set: { title: 'Two' } }])
    await board.turn('redo')
    expect(board.get(taskId(1)).title).toBe('Card 1')
  })

  describe('of more cards than go into one change', () => {
    const renamed = async (count: number) => {
      const board = new Board()
      for (let number = 4; number <= count; number += 1)
        board.cards.set(taskId(number), { ...task(number), trashed: false })
      const ids = [...board.cards.keys()]
      await board.act(ids.map((id) => ({ id, version: 1, set: { title: 'Mine' } })))
      const step = board.history.undo[0]?.step
      if (step?.kind !== 'cards') throw new Error('nothing was done')
      return { board, ids, step }
    }

    it('takes all of them back, part by part', () =>
      fc.assert(
        fc.asyncProperty(
          fc.integer({ min: 3, max: 9 }),
          fc.integer({ min: 1, max: 10 }),
          async (count, most) => {
            const { board, ids, step } = await renamed(count)
            const back = await takeBackAll(step, board, most)
            expect(back).toMatchObject({ rest: null, error: null })
            expect(back?.done.cards.map(({ id }) => id)).toEqual(ids)
            expect(ids.every((id) => board.get(id).title !== 'Mine')).toBe(true)
          },
        ),
      ))

    it('keeps what is left where a part is refused, so that it can be tried again', async () => {
      const { board, ids, step } = await renamed(5)
      const full = new Error('full')
      let calls = 0
      const port = {
        change: (changes: TaskChange[]) => {
          calls += 1
          return calls === 2 ? Promise.reject(full) : board.change(changes)
        },
        read: board.read,
        goOnWithout: board.goOnWithout,
      }
      const back = await takeBackAll(step, port, 2)
      expect(back?.error).toBe(full)
      expect(back?.done.cards.map(({ id }) => id)).toEqual(ids.slice(0, 2))
      expect(back?.rest?.cards.map(({ id }) => id)).toEqual(ids.slice(2))
      const history = turned(board.history, 'undo', 1, back?.done ?? step, back?.rest)
      expect([history.undo, history.redo].map((entries) => entries.length)).toEqual([1, 1])
      expect(history.undo[0]?.step).toEqual(back?.rest)
    })
  })
})

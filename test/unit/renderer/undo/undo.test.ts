import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { TaskId } from '#shared/ids.ts'
import type { Task } from '#shared/task.ts'
import type { Direction } from '../../../../renderer/lib/undo/history.ts'
import { taskId } from '../fixtures.ts'
import { action, performAll } from './actions.ts'
import { Board } from './stored-board.ts'

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
})

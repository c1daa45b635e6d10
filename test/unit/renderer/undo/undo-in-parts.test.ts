import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { TaskChange } from '#shared/task.ts'
import { takeBackAll } from '../../../../renderer/lib/undo/card-step.ts'
import { turned } from '../../../../renderer/lib/undo/history.ts'
import { task, taskId } from '../fixtures.ts'
import { Board } from './stored-board.ts'

describe('undo of more cards than go into one change', () => {
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

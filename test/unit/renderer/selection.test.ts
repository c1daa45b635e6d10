import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  kept,
  NOTHING_SELECTED,
  ranged,
  type Selection,
  toggled,
  withAll,
} from '../../../renderer/lib/selection.ts'
import { taskId } from './fixtures.ts'

const ORDER = [1, 2, 3, 4, 5].map(taskId)
const [A, B, C, D, E] = ORDER
const ids = (selection: Selection) => ORDER.filter((id) => selection.ids.has(id))

describe('a selection', () => {
  it('takes a card in and out', () => {
    const one = toggled(NOTHING_SELECTED, taskId(2))
    expect(ids(one)).toEqual([B])
    expect(toggled(one, taskId(2))).toBe(NOTHING_SELECTED)
  })

  it('reaches from the card that was chosen first to the one that is pressed, whichever comes first', () => {
    const from = toggled(NOTHING_SELECTED, taskId(3))
    expect(ids(ranged(from, ORDER, taskId(5)))).toEqual([C, D, E])
    expect(ids(ranged(from, ORDER, taskId(1)))).toEqual([A, B, C])
  })

  it('moves the end of a range, and keeps what was chosen beside it', () => {
    const beside = toggled(toggled(NOTHING_SELECTED, taskId(1)), taskId(3))
    const long = ranged(beside, ORDER, taskId(5))
    expect(ids(long)).toEqual([A, C, D, E])
    expect(ids(ranged(long, ORDER, taskId(4)))).toEqual([A, C, D])
  })

  it('begins where it is pressed when nothing was chosen before', () => {
    expect(ids(ranged(NOTHING_SELECTED, ORDER, taskId(2)))).toEqual([B])
  })

  it('lets go of cards that are not shown any more', () => {
    const all = withAll(NOTHING_SELECTED, ORDER)
    expect(ids(kept(all, (id) => id !== taskId(2)))).toEqual([A, C, D, E])
    expect(kept(all, () => false)).toBe(NOTHING_SELECTED)
    expect(kept(all, () => true)).toBe(all)
  })

  it('holds both ends of a range, whatever was done before', () =>
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.boolean(), fc.integer({ min: 1, max: 5 }))),
        fc.integer({ min: 1, max: 5 }),
        (steps, end) => {
          const before = steps.reduce<Selection>(
            (selection, [isRange, number]) =>
              isRange ? ranged(selection, ORDER, taskId(number)) : toggled(selection, taskId(number)),
            NOTHING_SELECTED,
          )
          const { ids: all, anchor, head } = ranged(before, ORDER, taskId(end))
          expect(head).toBe(taskId(end))
          expect(all.has(taskId(end)) && anchor !== null && all.has(anchor)).toBe(true)
        },
      ),
    ))
})

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { PatchMap } from '../../../renderer/lib/patch-map.ts'

const key = fc.integer({ min: 0, max: 400 })
const changes = fc.array(
  fc.array(fc.tuple(key, fc.option(fc.nat(), { nil: undefined })), { maxLength: 90 }),
  {
    maxLength: 12,
  },
)

function change(truth: Map<number, number>, changes: [number, number | undefined][]): void {
  for (const [id, value] of changes) {
    if (value === undefined) truth.delete(id)
    else truth.set(id, value)
  }
}

describe('a map that is never changed', () => {
  it('holds what a map holds to which the same is done', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(key, fc.nat())), changes, (entries, all) => {
        let map = PatchMap.of(entries)
        const truth = new Map(entries)
        for (const some of all) {
          map = map.with(some)
          change(truth, some)
          expect(map.size).toBe(truth.size)
          expect(new Map(map)).toEqual(truth)
          expect([...map.keys()].every((id) => map.has(id) && map.get(id) === truth.get(id))).toBe(true)
        }
      }),
    )
  })

  it('leaves the one before as it was', () => {
    const before = PatchMap.of([['a', 1]])
    before.with([
      ['a', 2],
      ['b', 3],
    ])
    expect([...before]).toEqual([['a', 1]])
    expect(before.with([])).toBe(before)
  })
})

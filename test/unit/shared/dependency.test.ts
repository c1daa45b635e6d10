import { describe, expect, it } from 'vitest'
import { findCycle, isBlockerDone, openBlockers } from '#shared/dependency.ts'
import { ColumnId, TaskId } from '#shared/ids.ts'
import type { LinkKind } from '#shared/task-link.ts'

const id = (number: number) => TaskId.parse(`00000000-0000-4000-8000-${String(number).padStart(12, '0')}`)
const link = (from: number, to: number, kind: LinkKind = 'blocks') => ({
  task_id: id(from),
  other_task_id: id(to),
  kind,
})

describe('a cycle', () => {
  it('is named by its chain, the shortest one', () => {
    const links = [link(1, 2), link(2, 3), link(3, 4), link(1, 4)]
    expect(findCycle(id(4), id(1), links)).toEqual([id(1), id(4)])
    expect(findCycle(id(3), id(1), links)).toEqual([id(1), id(2), id(3)])
  })

  it('is not made by other kinds of links, nor by two ways to one card', () => {
    expect(findCycle(id(2), id(1), [link(1, 2, 'relates'), link(1, 2, 'duplicates')])).toBeNull()
    expect(findCycle(id(1), id(4), [link(1, 2), link(1, 3), link(2, 4), link(3, 4)])).toBeNull()
  })

  it('is found exactly where a walk over all paths finds one', () => {
    let seed = 7
    const chance = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31
      return seed % below
    }
    for (let round = 0; round < 200; round += 1) {
      const links = Array.from({ length: 1 + chance(12) }, () => link(chance(7), chance(7)))
      const [blocker, blocked] = [id(chance(7)), id(chance(7))]
      const chain = findCycle(blocker, blocked, links)
      expect(chain !== null).toBe(reaches(blocked, blocker, links))
      if (!chain) continue
      expect([chain[0], chain.at(-1)]).toEqual([blocked, blocker])
      for (const [index, next] of chain.slice(1).entries())
        expect(links).toContainEqual({ task_id: chain[index], other_task_id: next, kind: 'blocks' })
    }
  })
})

function reaches(from: TaskId, to: TaskId, links: ReturnType<typeof link>[], seen: TaskId[] = []): boolean {
  if (from === to) return true
  return links.some(
    (one) =>
      one.task_id === from &&
      !seen.includes(one.other_task_id) &&
      reaches(one.other_task_id, to, links, [...seen, from]),
  )
}

describe('a blocker', () => {
  const end = ColumnId.parse('00000000-0000-4000-8000-00000000000e')
  const other = ColumnId.parse('00000000-0000-4000-8000-00000000000a')
  const open = { column_id: other, isAway: false, isMerged: false }

  it.each([
    ['in an end column', { ...open, column_id: end }, true],
    ['merged', { ...open, isMerged: true }, true],
    ['archived or in the trash', { ...open, isAway: true }, true],
    ['gone for good', undefined, true],
    ['on the board', open, false],
  ])('%s', (_, blocker, done) => {
    expect(isBlockerDone(blocker, new Set([end]))).toBe(done)
  })

  it('is counted once, and only while it is open', () => {
    const links = [link(1, 9), link(1, 9), link(2, 9), link(3, 9, 'relates'), link(9, 4)]
    expect(openBlockers(id(9), links, (one) => one === id(2))).toEqual([id(1)])
  })
})

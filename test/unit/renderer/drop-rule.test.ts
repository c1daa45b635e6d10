import { describe, expect, it } from 'vitest'
import { dropView, isFull } from '../../../renderer/features/board/drop-rule.ts'
import { column, LEFT, RIGHT } from './fixtures.ts'

const from = column(LEFT, 1)
const over = { columnId: RIGHT, index: 3 }

describe('a card that is held over a column', () => {
  it('may be dropped where no rule is against it, and the place is shown', () => {
    const view = dropView({ column: column(RIGHT, 2), count: 4, from, transitions: [] }, over)
    expect(view).toEqual({ isTarget: true, isForbidden: false, dropIndex: 3, hint: null })
  })

  it('is told that agents start, or before that, that the limit is reached', () => {
    const agents = column(RIGHT, 2, { triggers_agents: true, wip_limit: 4 })
    const hints = [3, 4].map((count) => dropView({ column: agents, count, from, transitions: [] }, over).hint)
    expect(hints).toEqual(['Starts agents', 'At its limit of 4'])
  })

  it('is kept out by the rules wherever the pointer is, and never out of its own column', () => {
    const transitions = [{ from_column_id: RIGHT, to_column_id: LEFT }]
    const out = { isTarget: false, isForbidden: true, dropIndex: null, hint: 'Not from Left' }
    for (const place of [null, over]) {
      expect(dropView({ column: column(RIGHT, 2), count: 0, from, transitions }, place)).toEqual(out)
    }
    const own = dropView({ column: from, count: 1, from, transitions }, { columnId: LEFT, index: 0 })
    expect(own).toEqual({ isTarget: false, isForbidden: false, dropIndex: 0, hint: null })
  })

  it('finds a column full only when it has a limit', () => {
    const limits = [null, 0, 2, 3]
    expect(limits.map((wip_limit) => isFull({ wip_limit }, 2))).toEqual([false, false, true, false])
  })
})

import { describe, expect, it } from 'vitest'
import { LinkId } from '#shared/ids.ts'
import type { TaskLink } from '#shared/task-link.ts'
import { applyEvents } from '../../../renderer/features/board/apply-event.ts'
import { toBoardState } from '../../../renderer/features/board/board-state.ts'
import { dueText, dueTone } from '../../../renderer/features/board/due-text.ts'
import { waitingCards } from '../../../renderer/lib/waiting-cards.ts'
import { at, BOARD, column, execution, LEFT, openedBoard, RIGHT, task, taskId, uuid } from './fixtures.ts'

function blocks(blocker: number, blocked: number): TaskLink {
  return {
    id: LinkId.parse(uuid(700 + 10 * blocker + blocked)),
    board_id: BOARD,
    task_id: taskId(blocker),
    other_task_id: taskId(blocked),
    kind: 'blocks',
    created_at: at(1),
    updated_at: at(1),
  }
}

describe('cards that wait', () => {
  const columns = [column(LEFT, 1), column(RIGHT, 2, { is_end_column: true })]
  const state = toBoardState(openedBoard({ columns, links: [blocks(1, 3), blocks(2, 3)] }))
  const numbers = (of: typeof state) =>
    (waitingCards(of, new Map()).get(taskId(3)) ?? []).map(({ number }) => number)

  it('wait for all that blocks them', () => {
    expect(numbers(state)).toEqual([1, 2])
  })

  it('wait no more for what is in an end column, merged or gone', () => {
    const done = applyEvents(state, [
      { id: '11', data: { type: 'task_moved', data: task(1, { column_id: RIGHT, version: 2 }) } },
    ])
    const merged = applyEvents(done, [
      {
        id: '12',
        data: { type: 'execution_updated', data: execution(1, { task_id: taskId(2), resolution: 'merged' }) },
      },
    ])
    const gone = applyEvents(done, [{ id: '12', data: { type: 'task_deleted', data: { id: taskId(2) } } }])
    expect([numbers(done), numbers(merged), numbers(gone)]).toEqual([[2], [], []])
  })

  it('keep their list while it says the same', () => {
    const before = waitingCards(state, new Map())
    const next = applyEvents(state, [
      { id: '11', data: { type: 'task_updated', data: task(3, { title: 'Other', version: 2 }) } },
    ])
    expect(waitingCards(next, before).get(taskId(3))).toBe(before.get(taskId(3)))
  })
})

describe('a due date', () => {
  it('is late only while there is something to do', () => {
    const tones = (['2026-03-01', '2026-03-02', '2026-03-03'] as const).map((day) =>
      dueTone(day, '2026-03-02', false),
    )
    expect(tones).toEqual(['late', 'today', 'calm'])
    expect(dueTone('2026-03-01', '2026-03-02', true)).toBe('calm')
  })

  it('is a word when it is near, and has its year when that is another one', () => {
    expect(dueText('2026-03-01', '2026-02-28')).toBe('Tomorrow')
    expect(dueText('2026-02-28', '2026-03-01')).toBe('Yesterday')
    expect(dueText('2026-05-12', '2026-03-01')).not.toContain('2026')
    expect(dueText('2027-05-12', '2026-03-01')).toContain('2027')
  })
})

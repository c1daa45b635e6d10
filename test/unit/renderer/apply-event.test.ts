import { describe, expect, it } from 'vitest'
import {
  applyEvents,
  withColumnMove,
  withMove,
  withoutColumnMove,
  withoutMove,
  withTask,
} from '../../../renderer/features/board/apply-event.ts'
import { cardsByColumn, columnsInOrder, toBoardState } from '../../../renderer/features/board/board-state.ts'
import { at, boardDetail, column, execution, LEFT, RIGHT, task, taskId } from './fixtures.ts'

const state = toBoardState(boardDetail())

function titles(of: typeof state, columnId = LEFT): string[] {
  return (cardsByColumn(of, new Map()).get(columnId) ?? []).map((card) => card.title)
}

describe('events of a board', () => {
  it('are applied in their order and move the cursor', () => {
    const next = applyEvents(state, [
      { id: '11', data: { type: 'task_created', data: task(4) } },
      { id: '12', data: { type: 'task_deleted', data: { id: taskId(2) } } },
    ])
    expect(titles(next)).toEqual(['Card 1', 'Card 3', 'Card 4'])
    expect(next.lastEventId).toBe('12')
  })

  it('change nothing when they come a second time', () => {
    const lines = [
      { id: '11', data: { type: 'task_deleted', data: { id: taskId(2) } } },
      { id: '12', data: { type: 'task_created', data: task(4) } },
    ] as const
    const once = applyEvents(state, lines)
    expect(applyEvents(once, lines)).toBe(once)
  })

  it('change nothing when they are older than the snapshot, as numbers and not as text', () => {
    expect(applyEvents(state, [{ id: '9', data: { type: 'task_deleted', data: { id: taskId(1) } } }])).toBe(
      state,
    )
  })

  it('with an older version of a card than the known one leave the card as it is', () => {
    const known = withTask(state, task(1, { title: 'New', version: 5 }))
    const next = applyEvents(known, [
      { id: '11', data: { type: 'task_updated', data: task(1, { title: 'Old', version: 4 }) } },
    ])
    expect(titles(next)).toEqual(['New', 'Card 2', 'Card 3'])
  })

  it('of a renumbered column move cards whose version stayed the same', () => {
    const next = applyEvents(state, [
      { id: '11', data: { type: 'task_moved', data: task(1, { order: 9, updated_at: at(50) }) } },
    ])
    expect(titles(next)).toEqual(['Card 2', 'Card 3', 'Card 1'])
  })

  it('take a deleted column away with its cards, and bring both back', () => {
    const gone = applyEvents(state, [{ id: '11', data: { type: 'column_deleted', data: { id: LEFT } } }])
    expect(gone.tasks.size).toBe(0)
    const back = applyEvents(gone, [
      { id: '12', data: { type: 'column_created', data: column(LEFT, 1) } },
      { id: '13', data: { type: 'task_created', data: task(1) } },
    ])
    expect(titles(back)).toEqual(['Card 1'])
  })

  it('keep the latest execution of a card', () => {
    const next = applyEvents(state, [
      { id: '11', data: { type: 'execution_created', data: execution(20) } },
      { id: '12', data: { type: 'execution_updated', data: execution(5, { status: 'cancelled' }) } },
    ])
    expect(next.executions.get(taskId(1))?.status).toBe('running')
  })

  it('tell that the board was deleted, and that it is back', () => {
    const gone = applyEvents(state, [
      { id: '11', data: { type: 'board_deleted', data: { id: state.board.id } } },
    ])
    const back = applyEvents(gone, [{ id: '12', data: { type: 'board_created', data: state.board } }])
    expect([gone.isDeleted, back.isDeleted]).toEqual([true, false])
  })

  it('that ask for a new snapshot leave the board as it is', () => {
    const next = applyEvents(state, [{ id: '99', data: { type: 'snapshot_needed', data: null } }])
    expect({ ...next, lastEventId: '10' }).toEqual(state)
  })
})

describe('a card that the person moved', () => {
  const moved = withMove(state, taskId(1), { column_id: RIGHT, order: 1, token: 7 })

  it('stands at its new place at once', () => {
    expect([titles(moved), titles(moved, RIGHT)]).toEqual([['Card 2', 'Card 3'], ['Card 1']])
  })

  it('stays there when an event about it arrives before the answer', () => {
    const next = applyEvents(moved, [
      { id: '11', data: { type: 'task_updated', data: task(1, { title: 'Renamed', version: 2 }) } },
    ])
    expect(titles(next, RIGHT)).toEqual(['Renamed'])
  })

  it('goes to the place of the app when the move is refused', () => {
    expect(titles(withoutMove(moved, taskId(1), 7))).toEqual(['Card 1', 'Card 2', 'Card 3'])
  })

  it('waits for the answer to the later of two moves', () => {
    const later = withMove(moved, taskId(1), { column_id: LEFT, order: 9, token: 8 })
    expect(withoutMove(later, taskId(1), 7)).toBe(later)
  })

  it('keeps its place when the board is read anew meanwhile', () => {
    expect(titles(toBoardState(boardDetail(), moved), RIGHT)).toEqual(['Card 1'])
  })
})

describe('a column that the person moved', () => {
  it('is drawn at its new place until the app answers', () => {
    const moved = withColumnMove(state, LEFT, 3)
    expect(columnsInOrder(moved).map((one) => one.name)).toEqual(['Right', 'Left'])
    expect(columnsInOrder(withoutColumnMove(moved, LEFT, 3)).map((one) => one.name)).toEqual([
      'Left',
      'Right',
    ])
  })
})

describe('the cards of a column', () => {
  it('are the same array for as long as nothing in the column changes', () => {
    const before = cardsByColumn(state, new Map())
    const next = applyEvents(state, [
      { id: '11', data: { type: 'task_created', data: task(4, { column_id: RIGHT }) } },
    ])
    const after = cardsByColumn(next, before)
    expect(after.get(LEFT)).toBe(before.get(LEFT))
    expect(after.get(RIGHT)).not.toBe(before.get(RIGHT))
  })
})

import { describe, expect, it } from 'vitest'
import { LabelId, LinkId } from '#shared/ids.ts'
import { toTaskCard } from '#shared/task.ts'
import { applyEvents } from '../../../renderer/features/board/apply-event.ts'
import {
  type BoardState,
  columnsInOrder,
  countIn,
  toBoardState,
} from '../../../renderer/features/board/board-state.ts'
import { placeCards } from '../../../renderer/features/board/cards-by-column.ts'
import {
  withMove,
  withoutMove,
  withoutTask,
  withPage,
  withTask,
} from '../../../renderer/features/board/change-cards.ts'
import { withColumnMove, withoutColumnMove } from '../../../renderer/features/board/change-columns.ts'
import { at, BOARD, column, execution, LEFT, openedBoard, RIGHT, task, taskId, uuid } from './fixtures.ts'

const state = toBoardState(openedBoard())

function titles(of: BoardState, columnId = LEFT): string[] {
  // However it came to be, it is as if all cards had been placed anew.
  expect(of.cards).toEqual(placeCards(of))
  return (of.cards.get(columnId) ?? []).map((card) => card.title)
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

  it('keep the run that stands for a card, whatever becomes of those that it is compared with', () => {
    const beside = { group_id: uuid(900), created_at: at(50) }
    const one = execution(20, { ...beside, alternative: 1, status: 'completed', updated_at: at(60) })
    const two = execution(21, { ...beside, alternative: 2, status: 'completed', updated_at: at(60) })
    const shows = (id: typeof one.id) => task(1, { version: 9, current_execution_id: id })
    const compared = applyEvents(state, [
      { id: '11', data: { type: 'execution_created', data: one } },
      { id: '12', data: { type: 'task_updated', data: shows(one.id) } },
      { id: '13', data: { type: 'execution_created', data: two } },
    ])
    const discarded = (which: typeof one) => ({
      ...which,
      resolution: 'discarded' as const,
      updated_at: at(70),
    })
    const first = applyEvents(compared, [
      { id: '14', data: { type: 'execution_updated', data: discarded(two) } },
    ])
    expect(first.executions.get(taskId(1))).toEqual(one)
    const second = applyEvents(compared, [
      { id: '14', data: { type: 'task_updated', data: shows(two.id) } },
      { id: '15', data: { type: 'execution_updated', data: two } },
      { id: '16', data: { type: 'execution_updated', data: discarded(one) } },
    ])
    expect(second.executions.get(taskId(1))).toEqual(two)
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
    expect(titles(toBoardState(openedBoard(), moved), RIGHT)).toEqual(['Card 1'])
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
    const next = applyEvents(state, [
      { id: '11', data: { type: 'task_created', data: task(4, { column_id: RIGHT }) } },
    ])
    expect(next.cards.get(LEFT)).toBe(state.cards.get(LEFT))
    expect(next.cards.get(RIGHT)).not.toBe(state.cards.get(RIGHT))
  })
})

describe('a board of which only the first cards have come', () => {
  const counts = [
    { column_id: LEFT, count: 5 },
    { column_id: RIGHT, count: 2 },
  ]
  const opened = toBoardState(openedBoard({ counts }))
  const page = (numbers: number[], next: number | null = null, values = {}) => ({
    tasks: numbers.map((number) => toTaskCard(task(number, values))),
    executions: [],
    next,
  })
  const countsOf = (of: BoardState) => [countIn(of, LEFT), countIn(of, RIGHT)]

  it('counts all of them from the start, and reads on where it was', () => {
    const next = withPage(opened, page([1, 2, 3, 4], 4))
    expect([countsOf(opened), countsOf(next)]).toEqual([
      [5, 2],
      [5, 2],
    ])
    expect([titles(next), next.loading?.after]).toEqual([['Card 1', 'Card 2', 'Card 3', 'Card 4'], 4])
  })

  it('is whole after the last page, however many there were said to be', () => {
    const whole = withPage(withPage(opened, page([4], 4)), page([6], null, { column_id: RIGHT }))
    expect([whole.loading, countsOf(whole)]).toEqual([null, [4, 1]])
  })

  it('has nothing to wait for when it is small', () => {
    expect(state.loading).toBeNull()
  })

  it('keeps what events have told when a page is behind them', () => {
    const heard = applyEvents(opened, [
      { id: '11', data: { type: 'task_updated', data: task(4, { title: 'New', version: 2 }) } },
    ])
    expect(countsOf(heard)).toEqual([5, 2])
    expect(titles(withPage(heard, page([4])))).toEqual(['Card 1', 'Card 2', 'Card 3', 'New'])
  })

  it('does not bring back what was taken away while a page was under way', () => {
    const heard = applyEvents(opened, [
      { id: '11', data: { type: 'task_deleted', data: { id: taskId(4) } } },
      { id: '12', data: { type: 'task_archived', data: { id: taskId(5) } } },
      { id: '13', data: { type: 'column_deleted', data: { id: RIGHT } } },
    ])
    const whole = withPage(withPage(withoutTask(heard, taskId(3)), page([3, 4, 5], 5)), {
      ...page([7], null, { column_id: RIGHT }),
    })
    expect([titles(whole), whole.tasks.size]).toEqual([['Card 1', 'Card 2'], 2])
  })

  it('brings a card back that was restored meanwhile', () => {
    const heard = applyEvents(opened, [
      { id: '11', data: { type: 'task_deleted', data: { id: taskId(2) } } },
      { id: '12', data: { type: 'task_created', data: task(2) } },
    ])
    expect(titles(withPage(heard, page([2])))).toEqual(['Card 1', 'Card 2', 'Card 3'])
  })

  it('is shown as it was while it is read anew, until it is clear what is gone', () => {
    const again = toBoardState(openedBoard({ counts, tasks: [toTaskCard(task(1))] }), state)
    expect(titles(again)).toEqual(['Card 1', 'Card 2', 'Card 3'])
    expect(titles(withPage(again, page([3, 4])))).toEqual(['Card 1', 'Card 3', 'Card 4'])
  })
})

describe('labels, links, rules and views', () => {
  const label = {
    id: LabelId.parse(uuid(31)),
    board_id: BOARD,
    name: 'Bug',
    color: '#AA0000',
    created_at: at(1),
    updated_at: at(1),
  }
  const labelled = applyEvents(state, [
    { id: '11', data: { type: 'label_created', data: label } },
    { id: '12', data: { type: 'task_updated', data: task(1, { label_ids: [label.id], version: 2 }) } },
  ])

  it('a label that is deleted leaves its cards, and comes back to them', () => {
    const gone = applyEvents(labelled, [
      { id: '13', data: { type: 'label_deleted', data: { id: label.id } } },
    ])
    expect([gone.labels.size, gone.tasks.get(taskId(1))?.label_ids]).toEqual([0, []])
    const back = applyEvents(gone, [
      { id: '14', data: { type: 'label_restored', data: { label, task_ids: [taskId(1)] } } },
    ])
    expect(back.tasks.get(taskId(1))?.label_ids).toEqual([label.id])
    expect(back.cards).toEqual(labelled.cards)
  })

  it('links come once and go', () => {
    const link = {
      id: LinkId.parse(uuid(41)),
      board_id: BOARD,
      task_id: taskId(1),
      other_task_id: taskId(2),
      kind: 'blocks' as const,
      created_at: at(1),
      updated_at: at(1),
    }
    const linked = applyEvents(state, [
      { id: '11', data: { type: 'link_created', data: link } },
      { id: '12', data: { type: 'link_created', data: link } },
    ])
    expect(linked.links).toEqual([link])
    const gone = applyEvents(linked, [{ id: '13', data: { type: 'link_deleted', data: { id: link.id } } }])
    expect(gone.links).toEqual([])
  })

  it('rules replace all that there were', () => {
    const transitions = [{ from_column_id: LEFT, to_column_id: RIGHT }]
    const ruled = applyEvents(state, [
      { id: '11', data: { type: 'transitions_updated', data: { transitions } } },
    ])
    expect(ruled.transitions).toEqual(transitions)
  })
})

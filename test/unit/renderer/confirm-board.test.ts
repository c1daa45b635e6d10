import { describe, expect, it } from 'vitest'
import { toTaskCard } from '#shared/task.ts'
import { type BoardState, toBoardState } from '../../../renderer/features/board/board-state.ts'
import { confirmBoard } from '../../../renderer/features/board/confirm-board.ts'
import { at, openedBoard, task, taskId } from './fixtures.ts'

describe('a board that is drawn as it was left, and then as it is', () => {
  it('keeps what has not changed as the same thing, so that it is not drawn again', () => {
    const last = asLeft([card(1), card(2)])
    const now = confirmBoard(openedBoard({ tasks: [card(1), card(2, { title: 'Now' })] }), last)

    expect(now.tasks.get(taskId(1))).toBe(last.tasks.get(taskId(1)))
    expect(now.tasks.get(taskId(2))?.title).toBe('Now')
  })

  it('is as the app says, also where that is older: a backup may have been put back', () => {
    const last = asLeft([card(1, { title: 'Newer', version: 9, updated_at: at(90) }), card(2)])
    const now = confirmBoard(openedBoard({ tasks: [card(1, { title: 'Older', version: 2 })] }), last)

    expect(now.tasks.get(taskId(1))?.title).toBe('Older')
    expect(now.tasks.get(taskId(2))).toBeUndefined()
    expect(now.isOfLastTime).toBeUndefined()
  })

  it('leaves a card where the person has put it meanwhile', () => {
    const last = asLeft([card(1), card(2)])
    const { id, column_id } = card(1)
    const moves: BoardState['moves'] = new Map([[id, { column_id, order: 9_000_000, token: 1 }]])
    const now = confirmBoard(openedBoard({ tasks: [card(1), card(2)] }), { ...last, moves })

    expect(now.cards.get(column_id)?.map((one) => one.id)).toEqual([taskId(2), taskId(1)])
  })
})

function card(...of: Parameters<typeof task>) {
  return toTaskCard(task(...of))
}

function asLeft(tasks: ReturnType<typeof card>[]): BoardState {
  return { ...toBoardState(openedBoard({ tasks })), isOfLastTime: true }
}

import { describe, expect, it } from 'vitest'
import type { BoardListItem } from '#shared/board.ts'
import { BoardId } from '#shared/ids.ts'
import { arrangeBoards, boardsAtSide } from '../../../renderer/features/boards/arrange-boards.ts'
import { at, uuid } from './fixtures.ts'

function board(number: number, values: Partial<BoardListItem> = {}): BoardListItem {
  return {
    id: BoardId.parse(uuid(number)),
    name: `Board ${number}`,
    description: null,
    key: `B${number}`,
    project_id: null,
    archived_at: null,
    created_at: at(number),
    task_count: 0,
    running_count: 0,
    queued_count: 0,
    needs_you_count: 0,
    failed_count: 0,
    project_path: null,
    ...values,
  }
}

const ids = (boards: readonly BoardListItem[]) => boards.map(({ key }) => key)
const nothing = { starred_board_ids: [], recent_boards: [] }

describe('boards are arranged', () => {
  it('the last used first, those never used by their age, and stars apart', () => {
    const boards = [board(1), board(2), board(3), board(4)]
    const [one, two] = [board(1).id, board(2).id]
    const known = {
      starred_board_ids: [two],
      recent_boards: [
        { id: one, at: '2026-03-01T00:00:00.000Z' },
        { id: two, at: '2026-02-01T00:00:00.000Z' },
      ],
    }
    const { starred, others } = arrangeBoards(boards, known)
    expect(ids(starred)).toEqual(['B2'])
    expect(ids(others)).toEqual(['B1', 'B4', 'B3'])
  })

  it('and found by name without accents, by key and by the folder', () => {
    const boards = [board(1, { name: 'Café' }), board(2), board(3, { project_path: '/home/ada/shop' })]
    const found = (text: string) => ids(arrangeBoards(boards, nothing, text).others)
    expect(found('cafe')).toEqual(['B1'])
    expect(found('b2')).toEqual(['B2'])
    expect(found('shop')).toEqual(['B3'])
    expect(found('ada')).toEqual([])
  })
})

describe('the side bar', () => {
  it('shows all boards that are in use while they are few, in their order', () => {
    const boards = [board(3), board(2, { archived_at: at(9) }), board(1)]
    const side = boardsAtSide(boards, { ...nothing, starred_board_ids: [board(1).id] }, null)
    expect([ids(side.starred), ids(side.others), side.isAll]).toEqual([['B1'], ['B3'], true])
  })

  it('shows the last used of many, and always the open one', () => {
    const boards = Array.from({ length: 500 }, (_, index) => board(500 - index))
    const side = boardsAtSide(boards, nothing, board(7).id)
    expect(side.isAll).toBe(false)
    expect(ids(side.others)).toEqual([...ids(boards.slice(0, 8)), 'B7'])
  })

  it('shows the open board though it is archived', () => {
    const boards = [board(1, { archived_at: at(9) })]
    expect(ids(boardsAtSide(boards, nothing, board(1).id).others)).toEqual(['B1'])
    expect(ids(boardsAtSide(boards, nothing, null).others)).toEqual([])
  })
})

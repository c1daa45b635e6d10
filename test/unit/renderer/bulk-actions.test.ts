import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { describe, expect, it } from 'vitest'
import { toTaskCard } from '#shared/task.ts'
import { type BoardState, toBoardState } from '../../../renderer/features/board/board-state.ts'
import { bulkActions } from '../../../renderer/features/board/bulk-actions.ts'
import { withPage } from '../../../renderer/features/board/change-cards.ts'
import { patchBoard } from '../../../renderer/features/board/use-board.ts'
import { boardKit } from '../../../renderer/features/board/use-board-actions.ts'
import { keys } from '../../../renderer/lib/query-keys.ts'
import { BOARD, LEFT, openedBoard, RIGHT, task } from './fixtures.ts'

/**
 * A board on the screen of whose right column the last card has not come yet. No app is there, which refuses all: what
 * is seen is what the window shows before it knows that.
 */
function boardStillComing() {
  const cache = new QueryClient()
  const right = [4, 5, 6].map((number) => task(number, { column_id: RIGHT }))
  const opened = openedBoard({
    tasks: [task(1), task(2), ...right].map(toTaskCard),
    counts: [
      { column_id: LEFT, count: 2 },
      { column_id: RIGHT, count: 4 },
    ],
  })
  const observer = new QueryObserver<BoardState>(cache, {
    queryKey: keys.board(BOARD),
    initialData: toBoardState(opened),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  })
  const orders: number[][] = []
  const leave = observer.subscribe(({ data }) => {
    if (data && data.moves.size > 0) orders.push([...data.moves.values()].map(({ order }) => order))
  })
  const lastComes = () => {
    const tasks = [toTaskCard(task(90, { column_id: RIGHT }))]
    patchBoard(cache, BOARD, (state) => withPage(state, { tasks, executions: [], next: null }))
  }
  const kit = boardKit(cache, BOARD)
  return { bulk: bulkActions(kit), kit, orders, lastComes, leave }
}

describe('cards that are sent to the end of a column while further ones are coming', () => {
  it('go behind the last one, which had not come yet', async () => {
    const { bulk, orders, lastComes, leave } = boardStillComing()
    const moved = bulk.moveToColumn(
      [1, 2].map((number) => toTaskCard(task(number))),
      RIGHT,
    )
    lastComes()
    await moved
    leave()
    expect(orders[0]).toHaveLength(2)
    expect(Math.min(...(orders[0] ?? []))).toBeGreaterThan(90)
  })

  it('do so where cards are shown in an order of their own, too', async () => {
    const { bulk, orders, lastComes, leave } = boardStillComing()
    const sent = bulk.sendWith([toTaskCard(task(1))], RIGHT, () => ({}))
    lastComes()
    await sent
    leave()
    expect(orders[0]?.[0]).toBeGreaterThan(90)
  })
})

describe('a board on which further cards are coming', () => {
  it('is whole for those who ask for all of it', async () => {
    const { kit, lastComes, leave } = boardStillComing()
    const whole = kit.readAll()
    lastComes()
    expect((await whole)?.cards.get(RIGHT)).toHaveLength(4)
    leave()
  })
})

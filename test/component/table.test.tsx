import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { DEFAULT_QUERY } from '#shared/board-query.ts'
import type { BoardState } from '../../renderer/features/board/board-state.ts'
import { keys } from '../../renderer/lib/query-keys.ts'
import { navigate } from '../../renderer/lib/route.ts'
import { queryClient } from '../../renderer/lib/trpc.ts'
import { BOARD, taskId } from '../unit/renderer/fixtures.ts'
import { openBoardWindow } from './helpers/board-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

function titleCell(number: number): HTMLElement | null {
  return document.querySelector(`[role="gridcell"][data-row="${taskId(number)}"][data-column="title"]`)
}

/** The field in which the title of the second card is being edited, in the table. */
async function editTitle(board: MemoryBoard): Promise<{ user: UserEvent; field: HTMLElement }> {
  const user = await openBoardWindow(board)
  const query = { ...DEFAULT_QUERY, view: 'table' } as const
  act(() => navigate({ page: 'board', boardId: BOARD, taskId: null, query }))
  const cell = await waitFor(() => {
    const found = titleCell(2)
    if (!found) throw new Error('The table is not there.')
    return found
  })
  act(() => cell.focus())
  fireEvent.keyDown(cell, { key: 'F2' })
  return { user, field: await screen.findByRole('textbox', { name: /B-2/ }) }
}

it('a card that somebody takes away while its title is edited does not hand the editor to another card', async () => {
  const board = new MemoryBoard()
  const { user, field } = await editTitle(board)
  await user.type(field, 'Half a tit')
  act(() => board.otherTakesAway(taskId(2)))
  await waitFor(() => expect(titleCell(2)).toBeNull())
  expect(document.querySelector('[role="grid"] textarea')).toBeNull()
  expect(board.get(taskId(1)).title).toBe('Card 1')
})

it('a title that somebody else writes meanwhile is not overwritten without a word', async () => {
  const board = new MemoryBoard()
  const { user, field } = await editTitle(board)
  act(() => board.asOther(taskId(2), { title: 'Of somebody' }))
  const known = () => queryClient.getQueryData<BoardState>(keys.board(BOARD))?.tasks.get(taskId(2))?.title
  await waitFor(() => expect(known()).toBe('Of somebody'))
  await user.clear(field)
  await user.type(field, 'Of mine{Enter}')
  await screen.findByRole('dialog', { name: 'B-2 was changed meanwhile' })
  expect(board.get(taskId(2)).title).toBe('Of somebody')
})

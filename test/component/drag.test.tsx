import { fireEvent, screen, waitFor } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { column, LEFT, RIGHT, task, taskId } from '../unit/renderer/fixtures.ts'
import { card, openBoardWindow, titlesIn } from './helpers/board-window.tsx'
import { CARD_HEIGHT, COLUMN_TOP, COLUMN_WIDTH } from './helpers/layout.ts'
import { MemoryBoard } from './helpers/memory-board.ts'

/** Picks a card up by key, and walks. */
async function carry(user: UserEvent, title: string, keys: string): Promise<void> {
  card(title).focus()
  await user.keyboard(' ')
  await screen.findByText(/picked up/)
  await user.keyboard(keys)
}

const numbersIn = (board: MemoryBoard, id: typeof LEFT) => board.in(id).map(({ number }) => number)

it('a card is carried by the arrow keys, each place is told, and the app keeps where it was dropped', async () => {
  const board = new MemoryBoard([task(1), task(2), task(3), task(4, { column_id: RIGHT })])
  const user = await openBoardWindow(board)
  await carry(user, 'Card 2', '{ArrowRight}')
  await screen.findByText('B-2 is over Right, position 2.')
  await user.keyboard('{ArrowUp}')
  await screen.findByText('B-2 is over Right, position 1.')
  await user.keyboard(' ')
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Card 2', 'Card 4']))
  await waitFor(() => expect(numbersIn(board, RIGHT)).toEqual([2, 4]))
  expect(titlesIn('Left')).toEqual(['Card 1', 'Card 3'])
})

it('Escape leaves a carried card where it was', async () => {
  const board = new MemoryBoard()
  const user = await openBoardWindow(board)
  await carry(user, 'Card 2', '{ArrowRight}')
  await user.keyboard('{Escape}')
  await screen.findByText('B-2 stays where it was.')
  expect(titlesIn('Left')).toEqual(['Card 1', 'Card 2', 'Card 3'])
  expect(board.get(taskId(2)).version).toBe(1)
})

it('the mouse drops a card between two others of its column', async () => {
  const board = new MemoryBoard()
  await openBoardWindow(board)
  fireEvent.mouseDown(card('Card 1'), { button: 0, clientX: 20, clientY: COLUMN_TOP + 20 })
  fireEvent.mouseMove(document, { clientX: 30, clientY: COLUMN_TOP + 30 })
  await screen.findByText(/^B-1 (picked|is)/)
  fireEvent.mouseMove(document, { clientX: 40, clientY: COLUMN_TOP + CARD_HEIGHT * 2 })
  fireEvent.mouseUp(document)
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Card 2', 'Card 1', 'Card 3']))
  await waitFor(() => expect(numbersIn(board, LEFT)).toEqual([2, 1, 3]))
})

it('the mouse drops a card on another column, which says what a drop there would do', async () => {
  const board = new MemoryBoard(undefined, [column(LEFT, 1), column(RIGHT, 2, { triggers_agents: true })])
  await openBoardWindow(board)
  fireEvent.mouseDown(card('Card 3'), { button: 0, clientX: 20, clientY: COLUMN_TOP + 200 })
  fireEvent.mouseMove(document, { clientX: 40, clientY: COLUMN_TOP + 200 })
  await screen.findByText(/^B-3 (picked|is)/)
  fireEvent.mouseMove(document, { clientX: COLUMN_WIDTH + 50, clientY: COLUMN_TOP + 50 })
  await screen.findByText('Starts agents')
  fireEvent.mouseUp(document)
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Card 3']))
  expect(screen.queryByText('Starts agents')).toBeNull()
})

it('the selected cards go together, as they stand', async () => {
  const board = new MemoryBoard()
  const user = await openBoardWindow(board)
  fireEvent.click(card('Card 1'), { ctrlKey: true })
  fireEvent.click(card('Card 3'), { ctrlKey: true })
  await carry(user, 'Card 3', '{ArrowRight}')
  await screen.findByText('2 cards are over Right, position 1.')
  await user.keyboard(' ')
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Card 1', 'Card 3']))
  expect(numbersIn(board, RIGHT)).toEqual([1, 3])
  expect(titlesIn('Left')).toEqual(['Card 2'])
})

it('a column at its limit gives the card back and says why, and takes it when it must', async () => {
  const columns = [column(LEFT, 1), column(RIGHT, 2, { wip_limit: 1 })]
  const board = new MemoryBoard([task(1), task(2, { column_id: RIGHT })], columns)
  const user = await openBoardWindow(board)
  await carry(user, 'Card 1', '{ArrowRight} ')
  await screen.findByText('“Card 1” was not moved')
  expect(screen.getByText('“Right” has a limit of 1.')).toBeDefined()
  expect(titlesIn('Left')).toEqual(['Card 1'])
  expect(titlesIn('Right')).toEqual(['Card 2'])
  await user.click(screen.getByRole('button', { name: 'Move anyway' }))
  await waitFor(() => expect(titlesIn('Left')).toEqual([]))
  expect(numbersIn(board, RIGHT).toSorted()).toEqual([1, 2])
})

it('a card that somebody else has moved meanwhile lands where that one put it, and the window says so', async () => {
  const board = new MemoryBoard([task(1), task(2)])
  const user = await openBoardWindow(board)
  board.asOtherUnheard(taskId(1), { column_id: RIGHT })
  await carry(user, 'Card 1', '{ArrowDown} ')
  await screen.findByText('Somebody changed it first: it is in Right now.')
  expect(titlesIn('Right')).toEqual(['Card 1'])
  expect(titlesIn('Left')).toEqual(['Card 2'])
})

it('the mouse drops where it is, though the page has not been drawn since it came there', async () => {
  const board = new MemoryBoard()
  await openBoardWindow(board)
  fireEvent.mouseDown(card('Card 3'), { button: 0, clientX: 20, clientY: COLUMN_TOP + 200 })
  fireEvent.mouseMove(document, { clientX: 40, clientY: COLUMN_TOP + 200 })
  await screen.findByText(/^B-3 (picked|is)/)
  // Not by Testing Library, which lets the page be drawn after each event.
  const at = { clientX: COLUMN_WIDTH + 50, clientY: COLUMN_TOP + 50, bubbles: true }
  document.dispatchEvent(new MouseEvent('mousemove', at))
  document.dispatchEvent(new MouseEvent('mouseup', at))
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Card 3']))
  expect(numbersIn(board, LEFT)).toEqual([1, 2])
})

it('a press right after a drop counts, though the window has had no time since', async () => {
  const board = new MemoryBoard()
  await openBoardWindow(board)
  fireEvent.mouseDown(card('Card 3'), { button: 0, clientX: 20, clientY: COLUMN_TOP + 200 })
  fireEvent.mouseMove(document, { clientX: 40, clientY: COLUMN_TOP + 200 })
  await screen.findByText(/^B-3 (picked|is)/)
  fireEvent.mouseMove(document, { clientX: COLUMN_WIDTH + 50, clientY: COLUMN_TOP + 50 })
  fireEvent.mouseUp(document)
  fireEvent.pointerDown(card('Card 1'))
  fireEvent.click(card('Card 1'), { ctrlKey: true })
  await screen.findByRole('article', { name: 'B-1 Card 1, selected' })
})

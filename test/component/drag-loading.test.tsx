import { act, fireEvent, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { LEFT, RIGHT, task } from '../unit/renderer/fixtures.ts'
import { card, openBoardWindow, titlesIn } from './helpers/board-window.tsx'
import { CARD_HEIGHT, COLUMN_HEIGHT, COLUMN_TOP, COLUMN_WIDTH } from './helpers/layout.ts'
import { MemoryBoard } from './helpers/memory-board.ts'

/** As many as come with the board. */
const FIRST = 30

/** A window on a long column, scrolled to the last card that has come; the others come when they are let. */
async function openLoading() {
  const long = Array.from({ length: 3 * FIRST }, (_, index) => task(index + 1))
  const others = [task(98, { column_id: RIGHT }), task(99, { column_id: RIGHT })]
  const board = new MemoryBoard([...long, ...others])
  const rest = board.hold('boards.cards')
  await openBoardWindow(board)
  const scroller = screen.getByRole('list', { name: 'Cards in Left' }).parentElement as HTMLElement
  await act(async () => {
    scroller.scrollTop = FIRST * (CARD_HEIGHT + 6) - COLUMN_HEIGHT
    scroller.dispatchEvent(new Event('scroll'))
  })
  await waitFor(() => expect(titlesIn('Left')).toContain(`Card ${FIRST}`))
  return { board, rest }
}

async function dropAtEndOfLeft(title: string): Promise<void> {
  fireEvent.mouseDown(card(title), { button: 0, clientX: COLUMN_WIDTH + 20, clientY: COLUMN_TOP + 20 })
  fireEvent.mouseMove(document, { clientX: COLUMN_WIDTH + 40, clientY: COLUMN_TOP + 30 })
  await screen.findByText(/(picked up|over Right)/)
  fireEvent.mouseMove(document, { clientX: 40, clientY: COLUMN_TOP + COLUMN_HEIGHT })
  fireEvent.mouseUp(document)
}

/** Of the long column, from the last card that has come on. */
const fromLast = (board: MemoryBoard) =>
  board
    .in(LEFT)
    .map(({ number }) => number)
    .slice(FIRST - 1, FIRST + 3)

it('a card that is dropped below the last one that has come lies right below it when all are there', async () => {
  const { board, rest } = await openLoading()
  await dropAtEndOfLeft('Card 99')
  await waitFor(() => expect(titlesIn('Left').slice(-2)).toEqual([`Card ${FIRST}`, 'Card 99']))
  rest.release()
  await waitFor(() => expect(fromLast(board)).toEqual([FIRST, 99, FIRST + 1, FIRST + 2]))
  await waitFor(() => expect(card('Card 99').closest('li')?.getAttribute('aria-posinset')).toBe('31'))
})

it('several cards that are dropped there lie there together', async () => {
  const { board, rest } = await openLoading()
  fireEvent.click(card('Card 98'), { ctrlKey: true })
  fireEvent.click(card('Card 99'), { ctrlKey: true })
  await dropAtEndOfLeft('Card 99')
  await waitFor(() => expect(titlesIn('Left').slice(-2)).toEqual(['Card 98', 'Card 99']))
  rest.release()
  await waitFor(() => expect(fromLast(board)).toEqual([FIRST, 98, 99, FIRST + 1]))
})

it('a card that is moved on before they are there stays where it was moved to', async () => {
  const { board, rest } = await openLoading()
  await dropAtEndOfLeft('Card 99')
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Card 98']))
  fireEvent.mouseDown(card('Card 99'), { button: 0, clientX: 20, clientY: COLUMN_TOP + 300 })
  fireEvent.mouseMove(document, { clientX: 40, clientY: COLUMN_TOP + 300 })
  await screen.findByText(/(picked up|over Left)/)
  fireEvent.mouseMove(document, { clientX: COLUMN_WIDTH + 40, clientY: COLUMN_TOP + 10 })
  fireEvent.mouseUp(document)
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Card 99', 'Card 98']))
  rest.release()
  await waitFor(() => expect(card('Card 30').closest('li')?.getAttribute('aria-setsize')).toBe('90'))
  await waitFor(() => expect(board.in(RIGHT).map(({ number }) => number)).toEqual([99, 98]))
  expect(titlesIn('Right')).toEqual(['Card 99', 'Card 98'])
})

import { act, screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { task } from '../unit/renderer/fixtures.ts'
import { card, openBoardWindow, titlesIn } from './helpers/board-window.tsx'
import { CARD_HEIGHT, COLUMN_HEIGHT } from './helpers/layout.ts'
import { MemoryBoard } from './helpers/memory-board.ts'

const COUNT = 10_000
/** What is in sight, and a few cards above and below it. */
const MOST_DRAWN = COLUMN_HEIGHT / CARD_HEIGHT + 12

/** A window on a column of so many cards, when all of them are known. */
async function openLong() {
  const board = new MemoryBoard(Array.from({ length: COUNT }, (_, index) => task(index + 1)))
  const user = await openBoardWindow(board)
  const list = screen.getByRole('list', { name: 'Cards in Left' })
  await waitFor(() => expect(Number.parseFloat(list.style.height)).toBeGreaterThan(COUNT * CARD_HEIGHT))
  const scroller = list.parentElement as HTMLElement
  const scrollTo = (top: number) =>
    act(async () => {
      scroller.scrollTop = top
      scroller.dispatchEvent(new Event('scroll'))
    })
  return { board, user, scroller, scrollTo }
}

/** Cards and the gaps between them. */
const topOf = (number: number) => (number - 1) * (CARD_HEIGHT + 6)

it('of 10,000 cards only those in sight are drawn, wherever it is scrolled, and each says its place among all', async () => {
  const { scrollTo } = await openLong()
  expect(titlesIn('Left').length).toBeLessThan(MOST_DRAWN)
  expect(titlesIn('Left')[0]).toBe('Card 1')
  await scrollTo(topOf(5_000))
  await waitFor(() => expect(titlesIn('Left')).toContain('Card 5000'))
  expect(titlesIn('Left').length).toBeLessThan(MOST_DRAWN)
  const item = card('Card 5000').closest('li')
  expect(item?.getAttribute('aria-posinset')).toBe('5000')
  expect(item?.getAttribute('aria-setsize')).toBe(String(COUNT))
})

it('the focus walks by the arrow keys to cards that were not drawn', async () => {
  const { user } = await openLong()
  card('Card 1').focus()
  for (let number = 2; number <= 16; number += 1) {
    await user.keyboard('{ArrowDown}')
    await waitFor(() => expect(document.activeElement).toBe(card(`Card ${number}`)))
  }
  expect(titlesIn('Left').length).toBeLessThan(MOST_DRAWN + 8)
})

it('a card that others put above what is in sight does not move it', async () => {
  const { board, scroller, scrollTo } = await openLong()
  await scrollTo(topOf(3_000))
  await waitFor(() => expect(titlesIn('Left')).toContain('Card 3000'))
  const seen = () => card('Card 3000').getBoundingClientRect().top
  const before = seen()
  board.otherCreates(task(COUNT + 1, { order: 0.5 }))
  await waitFor(() => expect(card('Card 3000').closest('li')?.getAttribute('aria-posinset')).toBe('3001'))
  await waitFor(() => expect(seen()).toBe(before))
  expect(scroller.scrollTop).toBeGreaterThan(topOf(3_000))
})

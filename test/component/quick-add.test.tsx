import { screen, waitFor } from '@testing-library/react'
import { expect, it } from 'vitest'
import { column, LEFT, RIGHT, task } from '../unit/renderer/fixtures.ts'
import { card, openBoardWindow, titlesIn } from './helpers/board-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

it('C opens it, Enter adds a card with what its shorthand says, and it is ready for the next one', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  await user.keyboard('c')
  const field = await screen.findByLabelText('Title of the new card in Left')
  await waitFor(() => expect(document.activeElement).toBe(field))
  await user.keyboard('Dig the pond !high{Enter}')
  await screen.findByText('“Dig the pond” added')
  expect(field).toHaveProperty('value', '')
  await user.keyboard('Water{Enter}')
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Dig the pond', 'Water']))
  expect(board.in(LEFT).map(({ priority }) => priority)).toEqual(['high', null])
  await user.click(screen.getByRole('button', { name: 'Close' }))
  await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull())
})

it('several lines that are pasted become a card each, when that is confirmed', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  await user.keyboard('c')
  await screen.findByLabelText('Title of the new card in Left')
  await user.paste('Dig\n- Water\nWeed')
  await user.click(await screen.findByRole('button', { name: 'Add 3 cards' }))
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Dig', 'Water', 'Weed']))
})

it('what is typed on while a card is being added is not lost', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  await user.keyboard('c')
  const field = await screen.findByLabelText('Title of the new card in Left')
  await waitFor(() => expect(document.activeElement).toBe(field))
  await user.keyboard('Dig{Enter}Water{Enter}We')
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Dig', 'Water']))
  expect(field).toHaveProperty('value', 'We')
  await user.clear(field)
})

it('a pasted text that is too long for a title is a card with all of it in its description', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  await user.keyboard('c')
  await screen.findByLabelText('Title of the new card in Left')
  const text = 'water the garden '.repeat(20).trim()
  await user.paste(text)
  await screen.findByText(/All that was pasted is in the description/)
  await user.keyboard('{Enter}')
  await waitFor(() => expect(board.in(LEFT)).toHaveLength(1))
  const [made] = board.in(LEFT)
  expect(made?.title).toBe(text.slice(0, 254))
  expect(made?.description).toBe(text)
})

it('a full column refuses the card with its reason, keeps the words, and takes it when it must', async () => {
  const columns = [column(LEFT, 1), column(RIGHT, 2, { wip_limit: 1 })]
  const board = new MemoryBoard([task(1, { column_id: RIGHT })], columns)
  const user = await openBoardWindow(board)
  card('Card 1').focus()
  await user.keyboard('c')
  const field = await screen.findByLabelText('Title of the new card in Right')
  await user.keyboard('Dig{Enter}')
  await screen.findByText(/“Right” has a limit of 1\./)
  expect(field).toHaveProperty('value', 'Dig')
  await user.click(screen.getByRole('button', { name: 'Add anyway' }))
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Card 1', 'Dig']))
})

it('of pasted lines, those that are refused stay, and none is made twice', async () => {
  const columns = [column(LEFT, 1), column(RIGHT, 2, { wip_limit: 2 })]
  const board = new MemoryBoard([task(1, { column_id: RIGHT })], columns)
  const user = await openBoardWindow(board)
  card('Card 1').focus()
  await user.keyboard('c')
  await screen.findByLabelText('Title of the new card in Right')
  await user.paste('Dig\nWater\nWeed')
  await user.click(await screen.findByRole('button', { name: 'Add 3 cards' }))
  await screen.findByText(/“Right” has a limit of 2\./)
  await user.click(screen.getByRole('button', { name: 'Add anyway' }))
  await waitFor(() => expect(titlesIn('Right')).toEqual(['Card 1', 'Dig', 'Water', 'Weed']))
})

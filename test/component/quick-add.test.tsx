import { screen, waitFor } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
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

/** Opens the dialog for a card at the left, wherever the last one went. */
async function beginCard(user: UserEvent): Promise<HTMLElement> {
  screen.getByRole('button', { name: 'Add card to Left' }).focus()
  await user.keyboard('c')
  const field = await screen.findByLabelText('Title of the new card in Left')
  await waitFor(() => expect(document.activeElement).toBe(field))
  return field
}

it('a refused card comes back beside what was typed meanwhile', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  const held = board.hold('tasks.create')
  board.refusal = 'The database rests.'
  const field = await beginCard(user)
  await user.keyboard('Dig{Enter}Water')
  await waitFor(() => expect(held.waiting).toBe(1))
  held.release()
  await screen.findByText('The database rests.')
  expect(field).toHaveProperty('value', 'Dig')
  board.refusal = null
  await user.keyboard('{Enter}')
  await waitFor(() =>
    expect(board.in(LEFT).map(({ title, description }) => [title, description])).toEqual([['Dig', 'Water']]),
  )
})

it('a card that is refused after the dialog was closed is told of, and is there again', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  const held = board.hold('tasks.create')
  board.refusal = 'The database rests.'
  await beginCard(user)
  await user.keyboard('Dig{Enter}')
  await waitFor(() => expect(held.waiting).toBe(1))
  await user.click(screen.getByRole('button', { name: 'Close' }))
  held.release()
  await screen.findByText('Not added')
  const field = await beginCard(user)
  await waitFor(() => expect(field).toHaveProperty('value', 'Dig'))
  await user.clear(field)
})

it('lines that are refused after the dialog was closed are there again', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  await beginCard(user)
  await user.paste('Dig\nWater')
  const held = board.hold('tasks.create')
  board.refusal = 'The database rests.'
  await user.click(await screen.findByRole('button', { name: 'Add 2 cards' }))
  await waitFor(() => expect(held.waiting).toBe(1))
  await user.click(screen.getByRole('button', { name: 'Close' }))
  held.release()
  await screen.findByText('Not added')
  board.refusal = null
  await user.keyboard('c')
  await user.click(await screen.findByRole('button', { name: 'Add 2 cards' }))
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Dig', 'Water']))
})

it('a line that is too long for a title, or nothing but shorthand, does not keep the others from becoming cards', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  await beginCard(user)
  const long = '🌱'.repeat(150)
  await user.paste(`Dig\n${long}\n!high\nWater`)
  await user.click(await screen.findByRole('button', { name: 'Add 4 cards' }))
  await waitFor(() => expect(board.in(LEFT)).toHaveLength(4))
  const cut = '🌱'.repeat(127) // not half of one more
  expect(board.in(LEFT).map(({ title }) => title)).toEqual(['Dig', cut, '!high', 'Water'])
  expect(board.in(LEFT)[1]?.description).toBe(long)
})

it('what was typed before a long text is pasted stays the title', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  await beginCard(user)
  await user.keyboard('Dig')
  const text = 'water the garden '.repeat(20).trim()
  await user.paste(text)
  await user.keyboard('{Enter}')
  await waitFor(() => expect(board.in(LEFT)).toMatchObject([{ title: 'Dig', description: text }]))
})

it('a card that is written before its board is read is added, and nothing typed after it is lost', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  const held = board.hold('boards.open')
  await user.keyboard('c')
  const field = await screen.findByLabelText('Title of the new card in …')
  await waitFor(() => expect(document.activeElement).toBe(field))
  await user.keyboard('Dig !high{Enter}Water{Enter}We')
  expect(field).toHaveProperty('value', 'We')
  held.release()
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Dig', 'Water']))
  expect(board.in(LEFT).map(({ priority }) => priority)).toEqual(['high', null])
  expect(field).toHaveProperty('value', 'We')
  await user.clear(field)
})

import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import type { UserEvent } from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { RIGHT, task, taskId } from '../unit/renderer/fixtures.ts'
import { card, openBoardWindow, titlesIn } from './helpers/board-window.tsx'
import { MemoryBoard } from './helpers/memory-board.ts'

/** As somebody does who selects cards and gives them all the same priority. */
async function makeUrgent(user: UserEvent, ...titles: string[]): Promise<void> {
  for (const title of titles) fireEvent.click(card(title), { ctrlKey: true })
  const bar = await screen.findByRole('toolbar', { name: 'Selected cards' })
  await user.click(within(bar).getByRole('button', { name: 'Set priority…' }))
  await screen.findByRole('combobox', { name: 'Set priority…' })
  await user.keyboard('urgent{Enter}')
  await screen.findByText(/^Changed the priority of/)
}

async function moveRight(user: UserEvent, title: string): Promise<void> {
  card(title).focus()
  await user.keyboard(' ')
  await screen.findByText(/picked up/)
  await user.keyboard('{ArrowRight} ')
  await waitFor(() => expect(titlesIn('Right')).toContain(title))
}

it('a move is undone and done again by the keys', async () => {
  const board = new MemoryBoard()
  const user = await openBoardWindow(board)
  await moveRight(user, 'Card 2')
  await user.keyboard('{Control>}z{/Control}')
  await screen.findByText('Undone: moved B-2 to Right')
  expect(titlesIn('Left')).toEqual(['Card 1', 'Card 2', 'Card 3'])
  await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}')
  await screen.findByText('Done again: moved B-2 to Right')
  expect(board.in(RIGHT).map(({ number }) => number)).toEqual([2])
})

it('what others have written meanwhile is not overwritten: the window says what it is, and skips it', async () => {
  const board = new MemoryBoard()
  const user = await openBoardWindow(board)
  await moveRight(user, 'Card 2')
  board.asOther(taskId(2), { order: 99 })
  await user.keyboard('{Control>}z{/Control}')
  const question = await screen.findByRole('alertdialog', { name: 'This has changed meanwhile' })
  expect(within(question).getByRole('listitem').textContent).toBe('B-2: place, changed by somebody.')
  expect(question.textContent).toContain('Undo of “moved B-2 to Right”')
  await user.click(within(question).getByRole('button', { name: 'Skip it' }))
  await waitFor(() => expect(screen.queryByRole('alertdialog')).toBeNull())
  expect(board.get(taskId(2))).toMatchObject({ column_id: RIGHT, order: 99 })
})

it('what others changed elsewhere on the card stands in no way', async () => {
  const board = new MemoryBoard()
  const user = await openBoardWindow(board)
  await moveRight(user, 'Card 2')
  board.asOther(taskId(2), { title: 'Card 2 of somebody' })
  await user.keyboard('{Control>}z{/Control}')
  await screen.findByText('Undone: moved B-2 to Right')
  expect(titlesIn('Left')).toEqual(['Card 1', 'Card 2 of somebody', 'Card 3'])
})

it('of a bulk change the rest is undone when others have changed one of its cards', async () => {
  const board = new MemoryBoard([task(1), task(2, { priority: 'low' }), task(3)])
  const user = await openBoardWindow(board)
  await makeUrgent(user, 'Card 1', 'Card 2', 'Card 3')
  board.asOther(taskId(1), { priority: 'high' })
  card('Card 2').focus()
  await user.keyboard('{Control>}z{/Control}')
  await user.click(await screen.findByRole('button', { name: 'Undo the other 2 cards' }))
  await screen.findByText(/^Undone: changed the priority of 3 cards/)
  const priorities = [1, 2, 3].map((number) => board.get(taskId(number)).priority)
  expect(priorities).toEqual(['high', 'low', null])
})

it('a card that was made and undone is in the trash, and doing it again brings it back', async () => {
  const board = new MemoryBoard([])
  const user = await openBoardWindow(board)
  await user.click(screen.getByRole('button', { name: 'Add a card to Left' }))
  await user.type(screen.getByLabelText('Title of the new card in Left'), 'Dig{Enter}')
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Dig']))
  await user.keyboard('{Escape}')
  card('Dig').focus()
  await user.keyboard('{Control>}z{/Control}')
  await waitFor(() => expect(titlesIn('Left')).toEqual([]))
  await user.keyboard('{Control>}{Shift>}z{/Shift}{/Control}')
  await waitFor(() => expect(titlesIn('Left')).toEqual(['Dig']))
})
